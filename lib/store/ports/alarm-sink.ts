import type { AlarmDraft } from '@/lib/domain/alarm'
import type { AllowlistRule } from '@/lib/domain/allowlist'
import type { TimeRange } from './time-range'

/** Where the engine puts alarms. Deterministic ids; an upsert never touches a person's part. */
export interface AlarmSink {
  /** The alarm of the same detector, zone and source whose `[firstSeenAt, lastSeenAt]` is within `gapMs` of the range, if any. */
  findEpisode(key: { detector: string; zone: string | null; source: string | null }, range: TimeRange, gapMs: number): AlarmDraft | null
  /** Inserts or updates; applies the allowlist in force; writes `opened`/`recurred`/`suppressed` history. Returns ids newly opened. */
  upsert(drafts: readonly AlarmDraft[], nowMs: number): readonly string[]
  allowlist(): readonly AllowlistRule[]
  /** How many of the alarms are suppressed now, by an allowlist entry or with a reason of their own. */
  hiddenAmong(ids: Iterable<string>): number
  /** Lifts suppression whose entry expired or was removed; suppresses open alarms a live entry covers. */
  applyAllowlist(nowMs: number): { readonly hidden: number; readonly restored: number }
}
