import type { Tally } from '@/lib/domain/tally'
import { infoContent } from '@/lib/stats/info-content'
import type { Detector, DetectorRun, Finding, PairKey, Settings, Step, TallyView } from '../detector'
import { fromTally } from '../finding-on-names'
import { earlier, type OpenCase, OpenCases } from '../open-cases'
import { ResolverWatch } from '../resolver-watch'
import { isSearchTail } from '../search-tail'
import { tunnelEvidence } from '../tunnel-evidence'
import { type ChunkSeries, chunkSeriesOf } from './chunk-series'
import { type ChunkCase, claimsOf, metricsOf, noticesOf, summaryOf, termsOf } from './explain'
import { HOUR_MS, rule } from './rule'

const MINUTE = 60_000

interface Snapshot {
  readonly cases: readonly OpenCase<PairKey>[]
  readonly told: readonly string[]
  readonly dueAt: number | null
  readonly resolvers: ReturnType<ResolverWatch['snapshot']>
}

const keyOf = ({ source, zone }: PairKey): string => `${zone} ${source}`

/** @see `guide.md` */
export const dnsChunkedExfiltration: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
  carryOver: (snapshot) => ({ ...(snapshot as Snapshot), cases: [] }) satisfies Snapshot,
  // What was over the thresholds before is found again under the new ones.
}

class Run implements DetectorRun {
  /** Over the threshold when last looked at. */
  private readonly open: OpenCases<PairKey>
  /** Keys of pairs that were open when they were last touched in the minute that ends at `dueAt`. */
  private told: Set<string>
  private dueAt: number | null
  private readonly resolvers: ResolverWatch
  private readonly fewest: number

  constructor(
    private readonly settings: Settings,
    snapshot: Snapshot | undefined,
  ) {
    const updateMs = 1_000 * (settings.updateSeconds ?? 60)
    this.open = new OpenCases({ updateMs, oldFactor: 5, keepMs: 0 }, ({ zone }) => [zone], snapshot?.cases)
    this.fewest = Math.min(settings.contiguousChunks ?? 10, settings.chunks ?? 30)
    this.dueAt = snapshot?.dueAt ?? null
    this.resolvers = new ResolverWatch(snapshot?.resolvers)
    this.told = new Set(snapshot?.told)
  }

  step({ nowMs, touched, view }: Step): readonly Finding[] {
    this.resolvers.observe(nowMs, touched)
    const findings: Finding[] = []
    for (const pair of touched) this.touch(pair, nowMs)
    if (this.dueAt !== null && this.dueAt <= nowMs) this.look(nowMs, view, findings)
    for (const one of this.open.takeDue(nowMs)) this.report(one.value, nowMs, view, findings, one)
    return findings
  }

  wakeAt(): number | null {
    return earlier(this.dueAt, this.open.wakeAt())
  }

  snapshot(): unknown {
    return {
      cases: this.open.snapshot(),
      told: [...this.told],
      dueAt: this.dueAt,
      resolvers: this.resolvers.snapshot(),
    } satisfies Snapshot
  }

  private touch(pair: PairKey, nowMs: number): void {
    const open = this.open.coversSomeOf(pair.zone) ? this.open.get(keyOf(pair)) : undefined
    if (open !== undefined) {
      open.isDirty = true
      this.told.add(keyOf(pair))
      return
    }
    if (this.told.size > 0) this.told.delete(keyOf(pair))
    this.dueAt ??= Math.ceil(nowMs / MINUTE) * MINUTE
  }

  private look(nowMs: number, view: TallyView, findings: Finding[]): void {
    const { told, dueAt } = this
    this.told = new Set()
    this.dueAt = null
    for (const pair of view.askedIn((dueAt ?? nowMs) - MINUTE))
      if (view.lookups(pair, HOUR_MS) >= this.fewest && !told.has(keyOf(pair))) this.report(pair, nowMs, view, findings)
  }

  private report(pair: PairKey, nowMs: number, view: TallyView, findings: Finding[], before?: OpenCase<PairKey>): void {
    const { source, zone } = pair
    const hour = view.pair(source, zone, HOUR_MS)
    if (hour === null || hour.queries < this.fewest || hour.names.distinct < this.fewest) return
    const series = chunkSeriesOf(hour.names, zone, this.settings)
    if (series === null || isSearchTail(hour, view, HOUR_MS)) return
    findings.push(this.finding({ source, zone, series, bytes: bytesOf(series) }, hour, nowMs, view))
    this.open.report(keyOf(pair), nowMs, { source, zone }, before)
  }

  private finding(found: ChunkCase, hour: Tally, nowMs: number, view: TallyView): Finding {
    const { source, zone } = found
    const scoreTerms = termsOf(found, this.settings)
    const resolver = this.resolvers.noticeFor(source)
    const notices = [...(resolver === null ? [] : [resolver]), ...noticesOf(found)]
    const metrics = metricsOf(found, this.settings)
    return {
      ...fromTally(rule, hour, nowMs, scoreTerms),
      zone,
      source,
      summary: summaryOf(found),
      tool: null,
      techniques: claimsOf(found),
      evidence: { ...tunnelEvidence({ view, source, tally: hour, spanMs: HOUR_MS, metrics, notices }), bytesUp: found.bytes },
    }
  }
}

/**
 * Bytes the payloads carry. Upper bound: every character as one symbol of the alphabet seen, case included; lower
 * bound: what compression leaves of the payloads in lower case, never above the upper one. Scaled when the names are a
 * sample.
 */
function bytesOf({ chunks, count, indices }: ChunkSeries): { low: number; high: number } {
  const symbols = new Set(chunks.flatMap(({ raw }) => [...raw]))
  const characters = chunks.reduce((sum, { payload }) => sum + payload.length, 0)
  const scale = count / Math.max(1, indices.length)
  const high = Math.round((characters * scale * Math.log2(Math.max(2, symbols.size))) / 8)
  const low = Math.round(infoContent(chunks.map(({ payload }) => payload)) * scale)
  return { low: Math.min(low, high), high }
}
