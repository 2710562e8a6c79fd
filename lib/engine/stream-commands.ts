import type { RejectReason } from '@/lib/domain/intake'
import { readLog } from '@/lib/formats/read-log'
import type { CommandHandlers } from './commands'
import { countReject } from './intake-accounting'
import type { LiveEngine } from './live-engine'

/** A command names a log source that is not there, or is paused. */
class UnknownLogSourceError extends Error {
  readonly code = 'not-found'
}

export interface StreamCommandOptions {
  readonly live: LiveEngine
  readonly now: () => number
  /** Called when log sources were added, paused or removed. */
  readonly onReload: () => Promise<void>
  /** Lets other work of the thread run. */
  readonly pause: (ms: number) => Promise<void>
}

type StreamCommands = Pick<CommandHandlers, 'log-sources.health' | 'log-sources.reload' | 'log-sources.accept-log'>

/** The worker's answers about log sources, and the way in for keyed senders. */
export function streamCommands({ live, now, onReload, pause }: StreamCommandOptions): StreamCommands {
  let last: Promise<unknown> = Promise.resolve()
  const accept: StreamCommands['log-sources.accept-log'] = async ({ logSourceId, format }, bytes) => {
    if (!live.isLive(logSourceId)) throw new UnknownLogSourceError(`There is no log source ${logSourceId}, or it is paused.`)
    // Let in or refused as a whole: a sender told to come again sends all of it again.
    live.intake.refuseWhenFull()
    const account = { added: 0, duplicates: 0, rejected: 0, rejects: [] as RejectReason[] }
    const log = readLog(single(bytes ?? new Uint8Array(0)), { nowMs: now(), ...(format === null ? {} : { format }) })
    for await (const batch of log) {
      const { added, duplicates } = live.intake.store({ logSourceId, batch, place: null })
      account.added += added
      account.duplicates += duplicates
      account.rejected += batch.rejects.length
      for (const reject of batch.rejects) countReject(account.rejects, reject)
      await pause(0)
    }
    return account
  }
  return {
    'log-sources.health': async () => live.health(),
    'log-sources.reload': async () => {
      await onReload()
      return null
    },
    'log-sources.accept-log': (params, bytes) => {
      // One after another: together they would hold as many half-read logs in memory.
      const run = last.then(() => accept(params, bytes))
      last = run.catch(() => {})
      return run
    },
  }
}

async function* single(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
