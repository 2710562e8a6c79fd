import type { DetectorStatus } from '@/lib/domain/detector-status'
import { encodingOf } from '@/lib/names/decode/alphabet-of-names'
import { closedMinute } from '../closed-minute'
import type { Detector, DetectorRun, Finding, PairKey, Settings, Step, TallyView } from '../detector'
import { earlier, type OpenCase, OpenCases } from '../open-cases'
import { ResolverWatch } from '../resolver-watch'
import { isSearchTail } from '../search-tail'
import { AskedPairs } from './asked-pairs'
import { type Assessment, assess, type Bars, fewestLookups, isParity, of, timesOver, type Window } from './crossings'
import { isOneOfMany } from './explain'
import { type Facts, findingOf } from './finding'
import { OddActivity } from './odd-activity'
import { type Limits, QuietHistory } from './quiet-history'
import { HOUR_MS, rule } from './rule'
import { pairKey, type Subject, sourceKey, zoneKey } from './subject'
import { assessRotation, assessZone, mergedTally, type Rotation, spanMsOf } from './wide-cases'

const MINUTE = 60_000
/** An alarm that is this old is brought up to date a fifth as often. */
const OLD_FACTOR = 5
/** Below every bar for so long an alarm is quiet. */
const QUIET_MS = 30 * MINUTE
/** Other sources that have to be seen before one of them can be told to be a resolver. */
const RESOLVER_OTHERS = 5
/** Zones alike from which a zone over its own threshold is told as one of a rotation. */
const ROTATION_ZONES = 3
/** Times the threshold from which a zone is told by itself: below it, a rotation over three zones explains it as well. */
const OWN_FACTOR = 3

interface Snapshot {
  readonly cases: readonly OpenCase<Subject>[]
  readonly asked: ReturnType<AskedPairs['snapshot']>
  readonly hourDueAt: number | null
  readonly resolvers: ReturnType<ResolverWatch['snapshot']>
  readonly resolving: readonly string[]
  readonly quiet: ReturnType<QuietHistory['snapshot']>
  readonly odd: ReturnType<OddActivity['snapshot']>
}

/** @see `guide.md` */
export const dnsLookupTunneling: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
  // What was over the thresholds before is found again under the new ones; what is ordinary here was learned.
  carryOver: (snapshot) => ({ ...(snapshot as Snapshot), cases: [] }) satisfies Snapshot,
}

class Run implements DetectorRun {
  private readonly open: OpenCases<Subject>
  /** Of the minute that ends at `hourDueAt`; their hour is looked at then. */
  private asked: AskedPairs
  private hourDueAt: number | null
  private readonly resolvers: ResolverWatch
  /** Sources that speak for many, as of the last minute. */
  private resolving: ReadonlySet<string>
  private readonly quiet: QuietHistory
  private readonly odd: OddActivity
  private readonly fewest: number
  private readonly set: Limits
  /** Thresholds in force, as of the last hour. */
  private limits: Limits

  constructor(
    private readonly settings: Settings,
    snapshot: Snapshot | undefined,
  ) {
    const pace = { updateMs: 1_000 * (settings.updateSeconds ?? 60), oldFactor: OLD_FACTOR, keepMs: QUIET_MS }
    this.open = new OpenCases(pace, ({ zones }) => zones, snapshot?.cases)
    this.fewest = isParity(settings) ? of(settings, 'volumeNames') : fewestLookups(settings)
    this.hourDueAt = snapshot?.hourDueAt ?? null
    this.resolvers = new ResolverWatch(snapshot?.resolvers)
    this.resolving = new Set(snapshot?.resolving)
    this.quiet = new QuietHistory(snapshot?.quiet)
    this.odd = new OddActivity(snapshot?.odd)
    this.asked = new AskedPairs(snapshot?.asked)
    this.set = { fast: of(settings, 'fastNames'), hour: of(settings, 'hourNames'), volume: of(settings, 'volumeNames') }
    this.limits = this.limitsNow()
  }

  step({ nowMs, touched, view }: Step): readonly Finding[] {
    this.resolvers.observe(nowMs, touched)
    const findings: Finding[] = []
    if (this.hourDueAt !== null && this.hourDueAt < nowMs) this.closeMinute(nowMs, view, findings)
    for (const pair of touched) this.touch(pair, nowMs, view, findings)
    if (this.hourDueAt !== null && this.hourDueAt <= nowMs) this.closeMinute(nowMs, view, findings)
    for (const one of this.open.takeDue(nowMs)) this.lookAgain(one, nowMs, view, findings)
    this.asked.endStep(this.hourDueAt === null ? null : this.hourDueAt - MINUTE, view)
    return findings
  }

  wakeAt(): number | null {
    return earlier(this.hourDueAt, this.open.wakeAt())
  }

  snapshot(): unknown {
    return {
      cases: this.open.snapshot(),
      asked: this.asked.snapshot(),
      hourDueAt: this.hourDueAt,
      resolvers: this.resolvers.snapshot(),
      resolving: [...this.resolving],
      quiet: this.quiet.snapshot(),
      odd: this.odd.snapshot(),
    } satisfies Snapshot
  }

  status(): DetectorStatus {
    return { learning: this.quiet.learning(this.set, this.limits), runs: null }
  }

  private limitsNow(): Limits {
    const cap = this.settings.learnedCap ?? 1
    const limit = (series: keyof Limits): number => this.quiet.limit(series, this.set[series], cap)
    return { fast: limit('fast'), hour: limit('hour'), volume: limit('volume') }
  }

  private bars(source: string | null, stay = 1): Bars {
    const isResolver = source !== null && this.resolving.has(source)
    return { settings: this.settings, limits: this.limits, factor: isResolver ? (this.settings.resolverFactor ?? 1) : 1, stay }
  }

  /** The open case a pair belongs to: its own, its zone's or its source's. One activity is told once. */
  private caseOf(pair: PairKey): OpenCase<Subject> | undefined {
    if (!this.open.coversSomeOf(pair.zone)) return undefined
    const own = this.open.get(pairKey(pair)) ?? this.open.get(zoneKey(pair.zone))
    if (own !== undefined) return own
    const rotating = this.open.get(sourceKey(pair.source))
    return rotating?.value.zones.includes(pair.zone) ? rotating : undefined
  }

  private touch(pair: PairKey, nowMs: number, view: TallyView, findings: Finding[]): void {
    const open = this.caseOf(pair)
    if (open !== undefined) {
      open.isDirty = true
      // A case that opened in this minute is still open at its end.
      if (open.openedAt <= Math.ceil(nowMs / MINUTE) * MINUTE - MINUTE) this.asked.note(pair, true)
      return
    }
    this.asked.note(pair, false)
    this.hourDueAt ??= Math.ceil(nowMs / MINUTE) * MINUTE
    this.lookAtPair(pair, 'fast', nowMs, view, findings)
  }

  /** Once a minute: what is too slow for the short window, spread over sources, or spread over zones. */
  private closeMinute(nowMs: number, view: TallyView, findings: Finding[]): void {
    const minute = (this.hourDueAt ?? nowMs) - MINUTE
    const { asked } = this
    this.asked = new AskedPairs()
    this.hourDueAt = null
    this.resolving = this.resolvers.resolvers(RESOLVER_OTHERS)
    if (this.quiet.turn(nowMs)) this.limits = this.limitsNow()
    const odd: PairKey[] = []
    for (const pair of view.askedIn(minute)) {
      if (asked.isTold(pair) || this.caseOf(pair) !== undefined) continue
      this.lookAtPair(pair, 'hour', nowMs, view, findings)
      const tally = closedMinute(pair, minute, nowMs, view)
      if (tally !== null && !isParity(this.settings) && this.odd.add(pair, tally)) odd.push(pair)
    }
    this.odd.forget(nowMs)
    this.lookWide(odd, nowMs, view, findings)
  }

  /** @returns true when the pair is told now. */
  private lookAtPair(pair: PairKey, window: Window, nowMs: number, view: TallyView, findings: Finding[]): boolean {
    // First of all, because most pairs ask for a name or two.
    if (view.lookups(pair, spanMsOf(window)) < this.fewest) return false
    const tally = view.tally(pair, spanMsOf(window))
    if (tally === null) return false
    const bars = this.bars(pair.source)
    const seen = assess(window, tally, bars)
    if (seen === null) return false
    if (seen.crossed.length === 0) {
      this.learn(seen)
      return false
    }
    // A zone far over its threshold is an alarm of its own, whatever else its source does: it must not go under in another's.
    const isOwn = isParity(this.settings) || timesOver(seen) >= OWN_FACTOR
    const among = isOwn ? [] : this.zonesAround(pair, view)
    const rotation =
      among.length < ROTATION_ZONES
        ? null
        : assessRotation(pair.source, among, view, bars, { fewestZones: ROTATION_ZONES, withZone: pair.zone })
    if (rotation !== null) return this.reportRotation(rotation, nowMs, view, findings)
    return this.reportPair(pair, bars, nowMs, view, findings)
  }

  /** Zones of the source that may be used in turn with this one, and have no alarm yet. */
  private zonesAround(pair: PairKey, view: TallyView): readonly string[] {
    const asked = this.hourDueAt === null ? [] : this.asked.zonesUpTo(pair, this.hourDueAt - MINUTE, view)
    const zones = new Set([pair.zone, ...this.odd.zonesOf(pair.source), ...asked])
    return [...zones].filter((zone) => this.open.get(pairKey({ source: pair.source, zone })) === undefined)
  }

  private assess({ source, zone }: PairKey, window: Window, view: TallyView, bars: Bars): Assessment | null {
    const tally = view.pair(source, zone, spanMsOf(window))
    return tally === null || tally.queries < this.fewest ? null : assess(window, tally, bars)
  }

  /** What would have raised an alarm but for its number tells how close the quiet network comes. */
  private learn({ window, names, unique, isShaped }: Assessment): void {
    if (isShaped) this.quiet.note(window, names.unreadable)
    if (window === 'fast' && (isParity(this.settings) || unique >= of(this.settings, 'uniqueRatio')))
      this.quiet.note('volume', isParity(this.settings) ? names.distinct : names.forward)
  }

  private lookWide(odd: readonly PairKey[], nowMs: number, view: TallyView, findings: Finding[]): void {
    const fewest = of(this.settings, 'denseNames')
    const told = new Set([...this.open.values()].flatMap(({ value }) => value.zones))
    for (const zone of new Set(odd.map((pair) => pair.zone))) {
      // An alarm below the zone tells of it already; its sources are listed there.
      if (told.has(zone) || !this.odd.zoneIsDue(zone, fewest, nowMs)) continue
      const found = assessZone(zone, view, this.bars(null))
      if (found !== null) this.reportZone(zone, found, nowMs, view, findings)
    }
    for (const source of new Set(odd.map((pair) => pair.source))) {
      if (this.open.get(sourceKey(source)) !== undefined || !this.odd.sourceIsDue(source, this.limits.fast, nowMs)) continue
      const zones = this.odd.zonesOf(source).filter((zone) => this.caseOf({ source, zone }) === undefined)
      const found = assessRotation(source, zones, view, this.bars(source), { fewestZones: 2 })
      if (found !== null) this.reportRotation(found, nowMs, view, findings)
    }
  }

  /** An open case that grew: told again while it is above the lower bar. */
  private lookAgain(before: OpenCase<Subject>, nowMs: number, view: TallyView, findings: Finding[]): void {
    const { source, zones } = before.value
    const [zone = ''] = zones
    const bars = this.bars(source, this.settings.stayShare ?? 1)
    if (source === null) {
      const found = assessZone(zone, view, bars)
      if (found !== null) {
        this.reportZone(zone, found, nowMs, view, findings, before)
        return
      }
    } else if (zones.length > 1) {
      const among = [...new Set([...zones, ...this.odd.zonesOf(source)])]
      const found = assessRotation(source, among, view, bars, { fewestZones: 2, withZone: zone })
      if (found !== null && this.reportRotation(found, nowMs, view, findings, before)) return
    } else if (this.reportPair({ source, zone }, bars, nowMs, view, findings, before)) return
    this.open.keep(before, nowMs)
  }

  private reportPair(pair: PairKey, bars: Bars, nowMs: number, view: TallyView, findings: Finding[], before?: OpenCase<Subject>): boolean {
    const { source, zone } = pair
    const windows = (['fast', 'hour'] as const).flatMap((window) => this.assess(pair, window, view, bars) ?? [])
    const [best] = windows.filter(({ crossed }) => crossed.length > 0).toSorted((a, b) => timesOver(b) - timesOver(a))
    if (best === undefined || isSearchTail(best.tally, view, spanMsOf(best.window))) return false
    if (before === undefined && isOneOfMany(best, view, this.settings)) return false
    const hour = view.pair(source, zone, HOUR_MS) ?? best.tally
    const encoding = best.names.unreadable === 0 ? null : encodingOf(best.tally.names.sample, zone)
    findings.push(findingOf(this.factsOf({ source, zones: [zone], best, windows, hour, encoding }, nowMs, view)))
    this.open.report(pairKey(pair), nowMs, { source, zones: [zone] }, before)
    return true
  }

  private reportZone(
    zone: string,
    best: Assessment,
    nowMs: number,
    view: TallyView,
    findings: Finding[],
    before?: OpenCase<Subject>,
  ): void {
    const hour = view.zone(zone, HOUR_MS) ?? best.tally
    const encoding = encodingOf(best.tally.names.sample, zone)
    findings.push(findingOf(this.factsOf({ source: null, zones: [zone], best, windows: [best], hour, encoding }, nowMs, view)))
    this.open.report(zoneKey(zone), nowMs, { source: null, zones: [zone] }, before)
  }

  /** An alarm that is open for one of the zones goes on as the alarm of all of them. */
  private reportRotation(
    { source, zones, best }: Rotation,
    nowMs: number,
    view: TallyView,
    findings: Finding[],
    before?: OpenCase<Subject>,
  ): true {
    const own = zones.find((zone) => this.open.get(pairKey({ source, zone })) !== undefined)
    const first = before?.value.zones[0] ?? own ?? zones[0] ?? best.tally.zone
    const known = before ?? (own === undefined ? undefined : this.open.get(pairKey({ source, zone: own })))
    const ordered = [first, ...zones.filter((zone) => zone !== first)]
    const tallies = ordered.flatMap((zone) => view.pair(source, zone, HOUR_MS) ?? [])
    const hour = mergedTally(tallies) ?? best.tally
    const encoding = tallies[0] === undefined ? null : encodingOf(tallies[0].names.sample, first)
    findings.push(findingOf(this.factsOf({ source, zones: ordered, best, windows: [best], hour, encoding }, nowMs, view)))
    for (const zone of ordered) this.open.delete(pairKey({ source, zone }))
    const all = [...new Set([...ordered, ...(before?.value.zones ?? [])])]
    this.open.report(sourceKey(source), nowMs, { source, zones: all }, known)
    return true
  }

  private factsOf(
    facts: Pick<Facts, 'source' | 'zones' | 'best' | 'windows' | 'hour' | 'encoding'>,
    nowMs: number,
    view: TallyView,
  ): Facts {
    const resolver = facts.source === null ? null : this.resolvers.noticeFor(facts.source)
    const notices = [...(resolver === null ? [] : [resolver]), this.quiet.sentence(this.set, this.limits)]
    return { ...facts, nowMs, view, settings: this.settings, notices }
  }
}
