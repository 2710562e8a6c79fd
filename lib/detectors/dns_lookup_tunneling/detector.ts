import { encodingOf } from '@/lib/names/decode/alphabet-of-names'
import type { Detector, DetectorRun, Finding, PairKey, Settings, Step, TallyView } from '../detector'
import { ResolverWatch } from '../resolver-watch'
import { scoreOf } from '../score-terms'
import { tunnelEvidence } from '../tunnel-evidence'
import { type Assessment, assess, fewestLookups, metricsOf } from './crossings'
import { type Case, claimsOf, summaryOf, termsOf } from './explain'
import { FAST_MS, HOUR_MS, rule } from './rule'

const MINUTE = 60_000
/** An alarm this old is brought up to date more rarely: its counts go on, its evidence hardly changes. */
const YOUNG_MS = 10 * MINUTE
const OLD_FACTOR = 5
/** Pairs remembered as over their threshold; beyond it the longest silent are taken as new when they come again. */
const MAX_OPEN = 10_000

interface OpenPair extends PairKey {
  readonly openedAt: number
  lastFindingAt: number
  /** Looked up again since the last finding. */
  isDirty: boolean
}

interface Snapshot {
  readonly open: readonly OpenPair[]
  readonly waiting: readonly PairKey[]
  readonly hourDueAt: number | null
  readonly resolvers: ReturnType<ResolverWatch['snapshot']>
}

/** By which a window is over its threshold: the one that shows more explains the alarm. */
const timesOver = ({ names, nameThreshold }: Assessment): number => names.unreadable / nameThreshold

const keyOf = ({ source, zone }: PairKey): string => `${zone} ${source}`

/** @see `guide.md` */
export const dnsLookupTunneling: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
}

class Run implements DetectorRun {
  /** Over a threshold when last looked at, oldest finding first. */
  private readonly open = new Map<string, OpenPair>()
  /** Touched in the minute that ends at `hourDueAt`; their hour is looked at then. */
  private waiting = new Map<string, PairKey>()
  private hourDueAt: number | null
  private readonly resolvers: ResolverWatch
  private readonly updateMs: number
  private readonly fewest: number

  constructor(
    private readonly settings: Settings,
    snapshot: Snapshot | undefined,
  ) {
    this.updateMs = 1_000 * (settings.updateSeconds ?? 60)
    this.fewest = fewestLookups(settings)
    this.hourDueAt = snapshot?.hourDueAt ?? null
    this.resolvers = new ResolverWatch(snapshot?.resolvers)
    for (const pair of snapshot?.open ?? []) this.open.set(keyOf(pair), { ...pair })
    for (const pair of snapshot?.waiting ?? []) this.waiting.set(keyOf(pair), pair)
  }

  step({ nowMs, touched, view }: Step): readonly Finding[] {
    this.resolvers.observe(nowMs, touched)
    const findings: Finding[] = []
    if (this.hourDueAt !== null && this.hourDueAt < nowMs) this.lookAtHours(nowMs, view, findings)
    for (const pair of touched) this.touch(pair, nowMs, view, findings)
    if (this.hourDueAt !== null && this.hourDueAt <= nowMs) this.lookAtHours(nowMs, view, findings)
    this.update(nowMs, view, findings)
    return findings
  }

  wakeAt(): number | null {
    let next = this.hourDueAt
    for (const pair of this.open.values()) {
      const at = this.dueAt(pair)
      if (pair.isDirty && (next === null || at < next)) next = at
    }
    return next
  }

  snapshot(): unknown {
    return {
      open: [...this.open.values()].map((pair) => ({ ...pair })),
      waiting: [...this.waiting.values()],
      hourDueAt: this.hourDueAt,
      resolvers: this.resolvers.snapshot(),
    } satisfies Snapshot
  }

  private touch(pair: PairKey, nowMs: number, view: TallyView, findings: Finding[]): void {
    const open = this.open.get(keyOf(pair))
    if (open !== undefined) {
      open.isDirty = true
      return
    }
    this.waiting.set(keyOf(pair), pair)
    this.hourDueAt ??= Math.ceil(nowMs / MINUTE) * MINUTE
    const fast = this.assess(pair, view, 'fast')
    if (fast !== null && fast.crossed.length > 0) this.report(pair, nowMs, view, findings)
  }

  /** Once a minute: what is too slow for the short window. */
  private lookAtHours(nowMs: number, view: TallyView, findings: Finding[]): void {
    for (const [key, pair] of this.waiting) {
      if (this.open.has(key)) continue
      const hour = this.assess(pair, view, 'hour')
      if (hour !== null && hour.crossed.length > 0) this.report(pair, nowMs, view, findings)
    }
    this.waiting = new Map()
    this.hourDueAt = null
  }

  /** Brings alarms up to date that were looked up again, and lets go of those that fell silent. */
  private update(nowMs: number, view: TallyView, findings: Finding[]): void {
    for (const [key, pair] of this.open) {
      if (nowMs < this.dueAt(pair)) continue
      this.open.delete(key)
      if (pair.isDirty) this.report(pair, nowMs, view, findings, pair.openedAt)
    }
  }

  private dueAt({ openedAt, lastFindingAt }: OpenPair): number {
    return lastFindingAt + this.updateMs * (lastFindingAt - openedAt < YOUNG_MS ? 1 : OLD_FACTOR)
  }

  private assess(pair: PairKey, view: TallyView, window: 'fast' | 'hour'): Assessment | null {
    const tally = view.pair(pair.source, pair.zone, window === 'fast' ? FAST_MS : HOUR_MS)
    return tally === null || tally.queries < this.fewest ? null : assess(window, tally, this.settings)
  }

  /** Adds a finding when either window is over a threshold, and remembers the pair as open. */
  private report({ source, zone }: PairKey, nowMs: number, view: TallyView, findings: Finding[], openedAt = nowMs): void {
    const windows = (['fast', 'hour'] as const).flatMap((window) => this.assess({ source, zone }, view, window) ?? [])
    const hour = view.pair(source, zone, HOUR_MS)
    const [best] = windows.filter(({ crossed }) => crossed.length > 0).toSorted((a, b) => timesOver(b) - timesOver(a))
    if (best === undefined) return
    const encoding = best.names.unreadable === 0 ? null : encodingOf(best.tally.names.sample, zone)
    findings.push(this.finding({ source, best, encoding, hour: hour ?? best.tally, view, settings: this.settings }, windows, nowMs))
    this.open.set(keyOf({ source, zone }), { source, zone, openedAt, lastFindingAt: nowMs, isDirty: false })
    for (const oldest of this.open.keys()) {
      if (this.open.size <= MAX_OPEN) break
      this.open.delete(oldest)
    }
  }

  private finding(facts: Case, windows: readonly Assessment[], nowMs: number): Finding {
    const scoreTerms = termsOf(facts)
    const { source, hour, view, best } = facts
    const { tool } = best
    const resolver = this.resolvers.noticeFor(source)
    return {
      detector: rule.id,
      zone: hour.zone,
      source,
      hostId: null,
      hostName: null,
      userName: null,
      at: nowMs,
      firstSeenAt: hour.firstAt,
      lastSeenAt: hour.lastAt,
      queries: hour.queries,
      distinctNames: hour.names.distinct,
      severity: rule.severity,
      risk: rule.risk,
      score: scoreOf(scoreTerms),
      scoreTerms,
      summary: summaryOf(facts),
      tool: tool === null ? null : { name: tool.name, confidence: tool.confidence },
      techniques: claimsOf(facts),
      evidence: tunnelEvidence({
        view,
        source,
        tally: hour,
        spanMs: HOUR_MS,
        metrics: windows.flatMap((window) => metricsOf(window, this.settings)),
        notices: resolver === null ? [] : [resolver],
      }),
    }
  }
}
