import type { AlarmDraft } from '@/lib/domain/alarm'
import type { AlarmSink } from '@/lib/store/ports'

/** Alarms written in one transaction of `app.db`; pages wait for its lock, so it is held 20 ms at most. */
const DRAFTS_PER_WRITE = 16

export interface AlarmWriterOptions {
  readonly sink: AlarmSink
  readonly now: () => number
  /** Lets other work run for at least `ms`. */
  readonly pause: (ms: number) => Promise<void>
}

/** Writes alarms in parts; between two parts the pages' connection gets the lock for as long as we had it. */
export async function writeAlarms({ sink, now, pause }: AlarmWriterOptions, drafts: readonly AlarmDraft[]): Promise<void> {
  for (let i = 0; i < drafts.length; i += DRAFTS_PER_WRITE) {
    const startedAt = now()
    sink.upsert(drafts.slice(i, i + DRAFTS_PER_WRITE), startedAt)
    if (i + DRAFTS_PER_WRITE < drafts.length) await pause(Math.max(1, now() - startedAt))
  }
}
