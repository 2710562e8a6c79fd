import { closedMinute } from '../closed-minute'
import type { Detector, DetectorRun, Finding, PairKey, Settings, Step, TallyView } from '../detector'
import { earlier, type OpenCase, OpenCases } from '../open-cases'
import { ResolverWatch } from '../resolver-watch'
import { scoreOf } from '../score-terms'
import { DayMemory, keyOf } from './day-memory'
import { evidenceOf } from './evidence'
import { claimsOf, isDoubtful, summaryOf, termsOf } from './explain'
import { DAY_MS, rule } from './rule'
import { assessRotation, assessZone, rareLimit, type SlowCase, type Surroundings, spanOf } from './slow-case'

const MINUTE = 60_000
/** Other sources that have to be seen before one of them can be told to be a resolver. */
const RESOLVER_OTHERS = 5

/** What an open case is about. */
interface Slow extends PairKey {
  /** Every zone of a rotation; the zone alone otherwise. */
  readonly zones: readonly string[]
}

interface Snapshot {
  readonly memory: ReturnType<DayMemory['snapshot']>
  readonly cases: readonly OpenCase<Slow>[]
  readonly minuteEndAt: number | null
  readonly resolvers: ReturnType<ResolverWatch['snapshot']>
}

/** @see `guide.md` */
export const dnsExfiltrationSlow: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
  carryOver: (snapshot) => ({ ...(snapshot as Snapshot), cases: [] }) satisfies Snapshot,
  // What was over the thresholds before is found again under the new ones.
}

class Run implements DetectorRun {
  private readonly memory: DayMemory
  /** By zone and source of the alarm. */
  private readonly open: OpenCases<Slow>
  /** End of the minute under way: pairs touched in it are read once, when it has closed. */
  private minuteEndAt: number | null
  private readonly resolvers: ResolverWatch

  constructor(
    private readonly settings: Settings,
    snapshot: Snapshot | undefined,
  ) {
    const pace = { updateMs: MINUTE * (settings.updateMinutes ?? 10), oldFactor: 1, keepMs: DAY_MS }
    this.open = new OpenCases(pace, ({ zones }) => zones, snapshot?.cases)
    this.memory = new DayMemory((view) => rareLimit(settings, view), snapshot?.memory)
    this.minuteEndAt = snapshot?.minuteEndAt ?? null
    this.resolvers = new ResolverWatch(snapshot?.resolvers)
  }

  step({ nowMs, touched, view }: Step): readonly Finding[] {
    this.resolvers.observe(nowMs, touched)
    const findings: Finding[] = []
    if (this.minuteEndAt !== null && this.minuteEndAt < nowMs) this.closeMinute(nowMs, view, findings)
    if (touched.length > 0) this.minuteEndAt ??= Math.ceil(nowMs / MINUTE) * MINUTE
    if (this.minuteEndAt !== null && this.minuteEndAt <= nowMs) this.closeMinute(nowMs, view, findings)
    this.update(this.around(nowMs, view), findings)
    return findings
  }

  wakeAt(): number | null {
    return earlier(this.minuteEndAt, this.open.wakeAt())
  }

  snapshot(): unknown {
    return {
      memory: this.memory.snapshot(),
      cases: this.open.snapshot(),
      minuteEndAt: this.minuteEndAt,
      resolvers: this.resolvers.snapshot(),
    } satisfies Snapshot
  }

  private around(nowMs: number, view: TallyView): Surroundings {
    const speaksForMany = (source: string): boolean => this.resolvers.resolvers(RESOLVER_OTHERS).has(source)
    return { memory: this.memory, view, nowMs, settings: this.settings, speaksForMany }
  }

  /** Reads the closed minute of every pair touched in it, so that no lookup is counted twice. */
  private closeMinute(nowMs: number, view: TallyView, findings: Finding[]): void {
    const minute = (this.minuteEndAt ?? nowMs) - MINUTE
    const grown: PairKey[] = []
    for (const pair of view.askedIn(minute)) {
      const tally = closedMinute(pair, minute, nowMs, view)
      if (tally !== null && this.memory.add(tally, view) !== null) grown.push({ source: pair.source, zone: pair.zone })
    }
    this.minuteEndAt = null
    this.memory.sweep(nowMs)
    const around = this.around(nowMs, view)
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
    for (const { value } of this.open.values()) if (value.source === source && value.zones.length > 1) return
    const found = assessRotation(source, around)
    if (found === null) return
    const zones = found.profiles.map(({ pair }) => pair.zone)
    // An alarm that is open for one of the zones goes on as the alarm of all of them.
    const zone = zones.find((one) => this.open.get(keyOf({ source, zone: one })) !== undefined) ?? found.profiles[0].pair.zone
    this.report(zone, found, around, findings)
  }

  /** The open case that covers a pair. */
  private caseOf({ source, zone }: PairKey): OpenCase<Slow> | null {
    const own = this.open.get(keyOf({ source, zone }))
    if (own !== undefined) return own
    for (const one of this.open.values()) if (one.value.source === source && one.value.zones.includes(zone)) return one
    return null
  }

  /** Brings cases up to date that got new names, and lets go of those that fell below every threshold. */
  private update(around: Surroundings, findings: Finding[]): void {
    for (const one of this.open.takeDue(around.nowMs)) {
      const { source, zone, zones } = one.value
      const pair = this.memory.pair({ source, zone })
      const rotation = zones.length > 1 ? assessRotation(source, around, zone) : null
      const found = rotation ?? (pair === null ? null : assessZone(pair, around))
      if (found !== null) this.report(zone, found, around, findings)
    }
  }

  private report(zone: string, found: SlowCase, around: Surroundings, findings: Finding[]): void {
    const { source, profiles } = found
    findings.push(this.finding(zone, found, around))
    const zones = profiles.map(({ pair }) => pair.zone)
    this.open.report(keyOf({ source, zone }), around.nowMs, { source, zone, zones })
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
      severity: isDoubtful(scoreTerms) ? 'low' : rule.severity,
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
