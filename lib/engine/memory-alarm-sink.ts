import type { AlarmDraft } from '@/lib/domain/alarm'
import type { AlarmSink } from '@/lib/store/ports'
import { compareText } from './tally-pair'

export interface MemoryAlarmSink extends AlarmSink {
  /** Every alarm, ordered by opening then id. */
  alarms(): readonly AlarmDraft[]
}

/** Alarms of a replay: nothing is kept, no allowlist applies. */
export function createMemoryAlarmSink(): MemoryAlarmSink {
  const byId = new Map<string, AlarmDraft>()
  return {
    findEpisode(key, range, gapMs) {
      const near = [...byId.values()].filter(
        (alarm) =>
          alarm.detector === key.detector &&
          alarm.zone === key.zone &&
          alarm.source === key.source &&
          alarm.firstSeenAt < range.toMs + gapMs &&
          alarm.lastSeenAt >= range.fromMs - gapMs,
      )
      return near.sort((a, b) => b.lastSeenAt - a.lastSeenAt || compareText(a.id, b.id))[0] ?? null
    },
    upsert(drafts) {
      const opened = drafts.filter((draft) => !byId.has(draft.id)).map((draft) => draft.id)
      for (const draft of drafts) byId.set(draft.id, byId.get(draft.id)?.demo ? { ...draft, demo: true } : draft)
      return [...new Set(opened)]
    },
    allowlist: () => [],
    hiddenAmong: () => 0,
    applyAllowlist: () => ({ hidden: 0, restored: 0 }),
    alarms: () => [...byId.values()].sort((a, b) => a.openedAt - b.openedAt || compareText(a.id, b.id)),
  }
}
