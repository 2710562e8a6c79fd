import type { Finding } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { TimeRange } from '@/lib/store/ports'
import type { EpisodeKey } from './alarm-id'
import { MINUTE_MS } from './cell-table'
import { Episode, type EpisodeSnapshot } from './episode'
import type { CellSource } from './tallies'
import { compareText } from './tally-pair'

/** The same key within this time is the same alarm. */
export const EPISODE_GAP_MS = 24 * 3_600_000
/** An alarm under way is reported again at most this often. */
export const DRAFT_EVERY_MS = MINUTE_MS
/** Episodes remembered; beyond it the longest silent are forgotten (a later finding then looks its alarm up again). */
const MAX_EPISODES = 10_000
/**
 * How long the id of an alarm that is over is remembered: nothing can continue it later, because a finding looks back a day
 * at most, and an alarm ends within a day of what continues it.
 */
const OWN_MS = 3 * EPISODE_GAP_MS
/** Suppressed alarms a detector keeps for each source of a zone; further sources share one alarm of the zone. */
const MAX_SUPPRESSED = 20

export type FindEpisode = (key: EpisodeKey, range: TimeRange, gapMs: number) => AlarmDraft | null

export interface EpisodeOptions {
  readonly findEpisode: FindEpisode
  /** Alarms that ended before it are not reported; null reports all. */
  readonly reportFromMs: number | null
  /** First instant whose events are all observed: an alarm that began after it is counted anew, not added to. */
  readonly observedFromMs: number | null
  readonly demo: boolean
}

interface KeeperSnapshot {
  readonly episodes: readonly EpisodeSnapshot[]
  readonly pending: readonly AlarmDraft[]
  readonly own: readonly (readonly [string, number | null])[]
  readonly nextSweepAt: number
}

const keyOf = (finding: Finding): string =>
  JSON.stringify([finding.detector, finding.zone, finding.source, finding.zone === null && finding.source === null ? finding.hostId : null])

/** Turns findings into alarms: one alarm a key and episode, however often its detector fires. */
export class EpisodeKeeper {
  private readonly episodes = new Map<string, Episode>()
  private readonly pending = new Map<string, AlarmDraft>()
  /**
   * Alarms of this analysis, and when each was last found; null while its episode goes on. Whether the sink has them yet
   * depends on its pace, so they are never looked up there.
   */
  private readonly own = new Map<string, number | null>()
  private nextSweepAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly options: EpisodeOptions,
    private readonly cells: CellSource,
    snapshot?: unknown,
  ) {
    if (snapshot === undefined) return
    const { episodes, pending, own, nextSweepAt } = snapshot as KeeperSnapshot
    for (const [id, at] of own) this.own.set(id, at)
    for (const saved of episodes) this.episodes.set(saved.key, new Episode(saved, cells))
    for (const draft of pending) this.pending.set(draft.id, draft)
    // JSON has no infinity.
    this.nextSweepAt = nextSweepAt
  }

  observe(found: Finding): void {
    const finding = this.gathered(found)
    const key = keyOf(finding)
    const known = this.episodes.get(key)
    if (known !== undefined && finding.at - known.lastFindingAt <= EPISODE_GAP_MS) {
      known.continueWith(finding)
      if (known.isDue(finding.at)) this.report(known, finding.at)
      return
    }
    const episode = this.open(key, finding)
    if (known !== undefined) this.end(key, known)
    this.episodes.set(key, episode)
    this.report(episode, finding.at)
    if (this.episodes.size > MAX_EPISODES) this.forgetOldest()
  }

  /** Once a minute of event time: counts the minutes that closed, reports what changed, forgets what is over. */
  advanceTo(nowMs: number): void {
    if (nowMs < this.nextSweepAt) return
    this.nextSweepAt = nowMs + DRAFT_EVERY_MS
    this.countUpTo(nowMs)
    for (const [key, episode] of this.episodes) {
      if (episode.isDue(nowMs)) this.report(episode, nowMs)
      if (nowMs - episode.lastFindingAt > EPISODE_GAP_MS) this.end(key, episode)
    }
    for (const [id, endedAt] of this.own) if (endedAt !== null && nowMs - endedAt > OWN_MS) this.own.delete(id)
  }

  /** Counts closed minutes before they leave memory. */
  countUpTo(nowMs: number): void {
    for (const episode of this.episodes.values()) episode.countClosedMinutes(nowMs)
  }

  /** Reports every change not yet reported. */
  finish(nowMs: number): void {
    this.countUpTo(nowMs)
    for (const episode of this.episodes.values()) if (episode.changed) this.report(episode, nowMs)
  }

  /** @returns alarms to write, each once, in order of opening. */
  takeDrafts(): readonly AlarmDraft[] {
    const drafts = [...this.pending.values()].sort((a, b) => a.openedAt - b.openedAt || compareText(a.id, b.id))
    this.pending.clear()
    return drafts
  }

  snapshot(): unknown {
    return {
      episodes: [...this.episodes].map(([key, episode]) => episode.snapshot(key)),
      pending: [...this.pending.values()],
      own: [...this.own],
      nextSweepAt: Number.isFinite(this.nextSweepAt) ? this.nextSweepAt : Number.MIN_SAFE_INTEGER,
    } satisfies KeeperSnapshot
  }

  /**
   * A product on a thousand hosts would raise a thousand alarms that nobody looks at: beyond the first few sources, what
   * the catalogue explains is one alarm of the zone over all of them.
   */
  private gathered(finding: Finding): Finding {
    if (finding.evidence.suppression === null || finding.source === null || this.episodes.has(keyOf(finding))) return finding
    let alike = 0
    for (const episode of this.episodes.values()) if (episode.isSuppressed && episode.isOf(finding)) alike += 1
    if (alike < MAX_SUPPRESSED) return finding
    const notice = `More than ${MAX_SUPPRESSED} sources ask this zone alike; the others are counted together here.`
    return { ...finding, source: null, evidence: { ...finding.evidence, notices: [...finding.evidence.notices, notice] } }
  }

  private open(key: string, finding: Finding): Episode {
    const { detector, zone, source, firstSeenAt, lastSeenAt } = finding
    const found = this.options.findEpisode({ detector, zone, source }, { fromMs: firstSeenAt, toMs: lastSeenAt + 1 }, EPISODE_GAP_MS)
    const existing = found === null || this.own.has(found.id) ? null : found
    const isObserved = existing !== null && this.options.observedFromMs !== null && existing.firstSeenAt >= this.options.observedFromMs
    const episode = Episode.open(key, finding, this.cells, { existing, recount: isObserved, demo: this.options.demo })
    this.own.set(episode.alarmId, null)
    return episode
  }

  private report(episode: Episode, nowMs: number): void {
    const draft = episode.draft(nowMs)
    const { reportFromMs } = this.options
    if (reportFromMs === null || draft.lastSeenAt >= reportFromMs) this.pending.set(draft.id, draft)
  }

  private forgetOldest(): void {
    const [oldest] = [...this.episodes].sort(([, a], [, b]) => a.lastFindingAt - b.lastFindingAt)
    if (oldest === undefined) return
    this.report(oldest[1], oldest[1].lastFindingAt)
    this.end(oldest[0], oldest[1])
  }

  private end(key: string, episode: Episode): void {
    this.episodes.delete(key)
    this.own.set(episode.alarmId, episode.lastFindingAt)
  }
}
