import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from './stream-intake'
import type { Listener, ListenerKinds } from './stream-listener'

/** An address in use, a file not there yet: looked at again after so long. */
const RETRY_MS = 30_000

/** Keeps one listener open for each log source of a kind that has one. */
export interface Listeners {
  /** Opens what is new or changed, closes what is gone, tries again what failed. Calls run one after another. */
  follow(sources: readonly LogSource[]): Promise<void>
  stop(): Promise<void>
}

interface Open {
  readonly fingerprint: string
  readonly listener: Listener
}

/** @param stream - also told what keeps a source from listening. */
export function createListeners(kinds: ListenerKinds, stream: StreamIntake, retryMs = RETRY_MS): Listeners {
  const open = new Map<string, Open>()
  let wanted: readonly LogSource[] = []
  let queue: Promise<void> = Promise.resolve()
  let retry: NodeJS.Timeout | undefined

  const close = async (id: string): Promise<void> => {
    const known = open.get(id)
    open.delete(id)
    try {
      await known?.listener.stop()
    } catch (error) {
      stream.note(id, { error: messageOf(error) })
    }
  }

  /** @returns false when it could not be opened. */
  const start = async (source: LogSource): Promise<boolean> => {
    const listener = kinds[source.kind]?.(source, stream)
    if (listener === undefined) return true
    try {
      await listener.start()
      open.set(source.id, { fingerprint: fingerprintOf(source), listener })
      stream.note(source.id, { error: null })
      return true
    } catch (error) {
      stream.note(source.id, { error: messageOf(error) })
      return false
    }
  }

  const settle = async (): Promise<void> => {
    clearTimeout(retry)
    const byId = new Map(wanted.map((source) => [source.id, source]))
    for (const [id, { fingerprint }] of open) {
      const source = byId.get(id)
      if (source === undefined || fingerprintOf(source) !== fingerprint) await close(id)
    }
    let isWhole = true
    for (const source of wanted) if (!open.has(source.id)) isWhole = (await start(source)) && isWhole
    if (!isWhole)
      retry = setTimeout(() => {
        queue = queue.then(settle)
      }, retryMs)
    retry?.unref()
  }

  const follow = (sources: readonly LogSource[]): Promise<void> => {
    wanted = sources
    queue = queue.then(settle)
    return queue
  }

  return { follow, stop: () => follow([]) }
}

const fingerprintOf = ({ kind, settings }: LogSource): string => JSON.stringify([kind, settings])
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
