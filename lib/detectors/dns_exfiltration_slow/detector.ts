import type { Tally } from '@/lib/domain/tally'
import type { Detector, DetectorRun, Finding, PairKey, Settings, Step, TallyView } from '../detector'
import { ResolverWatch } from '../resolver-watch'
import { scoreOf } from '../score-terms'
import { DayMemory, keyOf } from './day-memory'
import { evidenceOf } from './evidence'
import { claimsOf, summaryOf, termsOf } from './explain'
import { rule } from './rule'
import { assessRotation, assessZone, rareLimit, type SlowCase, type Surroundings, spanOf } from './slow-case'

const MINUTE = 60_000
/** Cases remembered as open; beyond it the longest silent are taken as new when they come again. */
const MAX_OPEN = 10_000

interface OpenCase extends PairKey {
  /** Every zone of a rotation; the zone alone otherwise. */
  zones: readonly string[]
  lastFindingAt: number
  /** A new unreadable name came since the last finding. */
  isDirty: boolean
}

interface Snapshot {
  readonly memory: ReturnType<DayMemory['snapshot']>
  readonly open: readonly OpenCase[]
  readonly waiting: readonly PairKey[]
  readonly minuteEndAt: number | null
  readonly resolvers: ReturnType<ResolverWatch['snapshot']>
}

/** @see `guide.md` */
export const dnsExfiltrationSlow: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
}

/** One minute of a pair. A step that ends with the minute, as nearly all do, needs no list of minutes. */
function closedMinute({ source, zone }: PairKey, minute: number, nowMs: number, view: TallyView): Tally | null {
  if (nowMs === minute + MINUTE) return view.pair(source, zone, MINUTE)
  return view.minutes(source, zone, nowMs - minute).find(({ fromMs }) => fromMs === minute) ?? null
}

class Run implements DetectorRun {
  private readonly memory: DayMemory
  /** By zone and source of the alarm, oldest finding first. */
  private readonly open = new Map<string, OpenCase>()
  /** Pairs touched in the minute that ends at `minuteEndAt`; they are read once, when it has closed. */
  private waiting = new Map<string, PairKey>()
  private minuteEndAt: number | null
  private readonly resolvers: ResolverWatch
  private readonly updateMs: number

  constructor(
    private readonly settings: Settings,
    snapshot: Snapshot | undefined,
  ) {
    this.updateMs = MINUTE * (settings.updateMinutes ?? 10)
    this.memory = new DayMemory((view) => rareLimit(settings, view), snapshot?.memory)
    this.minuteEndAt = snapshot?.minuteEndAt ?? null
    this.resolvers = new ResolverWatch(snapshot?.resolvers)
    for (const one of snapshot?.open ?? []) this.open.set(keyOf(one), { ...one })
    for (const pair of snapshot?.waiting ?? []) this.waiting.set(keyOf(pair), pair)
  }

  step({ nowMs, touched, view }: Step): readonly Finding[] {
    this.resolvers.observe(nowMs, touched)
    const findings: Finding[] = []
    if (this.minuteEndAt !== null && this.minuteEndAt < nowMs) this.closeMinute(nowMs, view, findings)
    for (const pair of touched) this.waiting.set(keyOf(pair), pair)
    if (touched.length > 0) this.minuteEndAt ??= Math.ceil(nowMs / MINUTE) * MINUTE
    if (this.minuteEndAt !== null && this.minuteEndAt <= nowMs) this.closeMinute(nowMs, view, findings)
    this.update({ memory: this.memory, view, nowMs, settings: this.settings }, findings)
    return findings
  }

  wakeAt(): number | null {
    let next = this.minuteEndAt
    for (const one of this.open.values()) {
      const at = one.lastFindingAt + this.updateMs
      if (one.isDirty && (next === null || at < next)) next = at
    }
    return next
  }

  snapshot(): unknown {
    return {
      memory: this.memory.snapshot(),
      open: [...this.open.values()].map((one) => ({ ...one })),
      waiting: [...this.waiting.values()],
      minuteEndAt: this.minuteEndAt,
      resolvers: this.resolvers.snapshot(),
    } satisfies Snapshot
  }

  /** Reads the closed minute of every pair touched in it, so that no lookup is counted twice. */
  private closeMinute(nowMs: number, view: TallyView, findings: Finding[]): void {
    const minute = (this.minuteEndAt ?? nowMs) - MINUTE
    const grown: PairKey[] = []
    for (const { source, zone } of this.waiting.values()) {
      const tally = closedMinute({ source, zone }, minute, nowMs, view)
      if (tally !== null && this.memory.add(tally, view) !== null) grown.push({ source, zone })
    }
    this.waiting = new Map()
    this.minuteEndAt = null
    this.memory.sweep(nowMs)
    const around = { memory: this.memory, view, nowMs, settings: this.settings }
    for (const pair of grown) this.look(pair, around, findings)
    for (const source of new Set(grown.map((pair) => pair.source))) this.lookAcross(source, around, findings)
  }

  private look(key: PairKey, around: Surroundings, findings: Finding[]): void {
    const known = this.caseOf(key)
    if (known !== null) {
      known.isDirty = true
      return
    }
    const pair = this.memory.pair(key)
    const found = pair === null ? null : assessZone(pair, around)
    if (found !== null) this.report(key.zone, found, around, findings)
  }

  private lookAcross(source: string, around: Surroundings, findings: Finding[]): void {
    if ([...this.open.values()].some((one) => one.source === source && one.zones.length > 1)) return
    const found = assessRotation(source, around)
    if (found === null) return
    const zones = found.profiles.map(({ pair }) => pair.zone)
    // An alarm that is open for one of the zones goes on as the alarm of all of them.
    const zone = zones.find((one) => this.open.has(keyOf({ source, zone: one }))) ?? found.profiles[0].pair.zone
    this.report(zone, found, around, findings)
  }

  /** The open case that covers a pair. */
  private caseOf({ source, zone }: PairKey): OpenCase | null {
    const own = this.open.get(keyOf({ source, zone }))
    if (own !== undefined) return own
    for (const one of this.open.values()) if (one.source === source && one.zones.includes(zone)) return one
    return null
  }

  /** Brings cases up to date that got new names, and lets go of those that fell below every threshold. */
  private update(around: Surroundings, findings: Finding[]): void {
    for (const [key, one] of this.open) {
      if (!one.isDirty || around.nowMs < one.lastFindingAt + this.updateMs) continue
      this.open.delete(key)
      const pair = this.memory.pair(one)
      const rotation = one.zones.length > 1 ? assessRotation(one.source, around, one.zone) : null
      const found = rotation ?? (pair === null ? null : assessZone(pair, around))
      if (found !== null) this.report(one.zone, found, around, findings)
    }
  }

  private report(zone: string, found: SlowCase, around: Surroundings, findings: Finding[]): void {
    const { source, profiles } = found
    findings.push(this.finding(zone, found, around))
    const zones = profiles.map(({ pair }) => pair.zone)
    const key = keyOf({ source, zone })
    this.open.delete(key)
    this.open.set(key, { source, zone, zones, lastFindingAt: around.nowMs, isDirty: false })
    for (const oldest of this.open.keys()) {
      if (this.open.size <= MAX_OPEN) break
      this.open.delete(oldest)
    }
  }

  private finding(zone: string, found: SlowCase, around: Surroundings): Finding {
    const { source, profiles, tool } = found
    const { firstAt, lastAt } = spanOf(found, around.nowMs)
    const scoreTerms = termsOf(found, around)
    return {
      detector: rule.id,
      zone,
      source,
      hostId: null,
      hostName: null,
      userName: null,
      at: around.nowMs,
      firstSeenAt: firstAt,
      lastSeenAt: lastAt,
      queries: profiles.reduce((sum, { pair }) => sum + pair.queries, 0),
      distinctNames: profiles.reduce((sum, { pair }) => sum + pair.distinct, 0),
      severity: rule.severity,
      risk: rule.risk,
      score: scoreOf(scoreTerms),
      scoreTerms,
      summary: summaryOf(found),
      tool: tool === null ? null : { name: tool.name, confidence: tool.confidence },
      techniques: claimsOf(found),
      evidence: evidenceOf(zone, found, around, this.resolvers.noticeFor(source)),
    }
  }
}
