import type { Tally } from '@/lib/domain/tally'
import { identificationOf } from '@/lib/names/fingerprints/tool-of'
import type { Detector, DetectorRun, Finding, PairKey, Settings, Step, TallyView } from '../detector'
import { fromTally } from '../finding-on-names'
import { type OpenCase, OpenCases } from '../open-cases'
import { ResolverWatch } from '../resolver-watch'
import { tunnelEvidence } from '../tunnel-evidence'
import { claimsOf, metricsOf, type Proven, summaryOf, termsOf } from './explain'
import { HOUR_MS, rule } from './rule'

/** Names that prove nothing are looked at again after this time, however few were added. */
const LOOK_AGAIN_MS = 600_000
/** Pairs remembered as looked at; a forgotten one is looked at again when it is next asked. */
const MAX_SEEN = 20_000

interface Looked {
  readonly at: number
  readonly queries: number
}

interface Snapshot {
  readonly looked: readonly (readonly [string, Looked])[]
  readonly cases: readonly OpenCase<PairKey>[]
  readonly resolvers: ReturnType<ResolverWatch['snapshot']>
}

const keyOf = ({ source, zone }: PairKey): string => `${zone} ${source}`

/** @see `guide.md` */
export const dnsTunnelTool: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
  carryOver: (snapshot) => ({ ...(snapshot as Snapshot), looked: [], cases: [] }) satisfies Snapshot,
  // What was over the thresholds before is found again under the new ones.
}

class Run implements DetectorRun {
  /** When a pair without proof was last looked at, longest ago first. */
  private readonly looked: Map<string, Looked>
  /** Pairs with a proven tool. */
  private readonly open: OpenCases<PairKey>
  private readonly resolvers: ResolverWatch
  private readonly needed: number
  private readonly growth: number

  constructor(settings: Settings, snapshot: Snapshot | undefined) {
    this.needed = settings.names ?? 3
    this.growth = settings.growth ?? 0.25
    this.looked = new Map(snapshot?.looked)
    this.open = new OpenCases(
      { updateMs: 1_000 * (settings.updateSeconds ?? 60), oldFactor: 1, keepMs: 0 },
      ({ zone }) => [zone],
      snapshot?.cases,
    )
    this.resolvers = new ResolverWatch(snapshot?.resolvers)
  }

  step({ nowMs, touched, view }: Step): readonly Finding[] {
    this.resolvers.observe(nowMs, touched)
    const findings: Finding[] = []
    for (const pair of touched) {
      const open = this.open.coversSomeOf(pair.zone) ? this.open.get(keyOf(pair)) : undefined
      if (open !== undefined) open.isDirty = true
      else this.look(pair, nowMs, view, findings)
    }
    for (const one of this.open.takeDue(nowMs)) this.report(one.value, nowMs, view, findings, one)
    return findings
  }

  wakeAt(): number | null {
    return this.open.wakeAt()
  }

  snapshot(): unknown {
    return {
      looked: [...this.looked],
      cases: this.open.snapshot(),
      resolvers: this.resolvers.snapshot(),
    } satisfies Snapshot
  }

  /** Decodes names only when enough was added since they last proved nothing. */
  private look(pair: PairKey, nowMs: number, view: TallyView, findings: Finding[]): void {
    const queries = view.lookups(pair, HOUR_MS)
    if (queries < this.needed) return
    const key = keyOf(pair)
    const last = this.looked.get(key)
    if (last !== undefined && nowMs - last.at < LOOK_AGAIN_MS) {
      const added = queries - last.queries
      if (added >= 0 && added <= this.growth * last.queries) return
    }
    this.looked.delete(key)
    // No tool's packets are readable throughout; most of what people ask is.
    const tally = view.tally(pair, HOUR_MS)
    if (tally !== null && hasUnreadable(tally) && this.report(pair, nowMs, view, findings)) return
    this.looked.set(key, { at: nowMs, queries })
    forgetOldest(this.looked)
  }

  /** @returns true when a tool was proven, a finding added and the pair remembered. */
  private report(pair: PairKey, nowMs: number, view: TallyView, findings: Finding[], before?: OpenCase<PairKey>): boolean {
    const { source, zone } = pair
    const tally = view.pair(source, zone, HOUR_MS)
    if (tally === null || tally.names.distinct < this.needed) return false
    const tool = identificationOf(tally.names.sample, zone)
    if (tool?.confidence !== 'certain') return false
    const evidence = tunnelEvidence({ view, source, tally, spanMs: HOUR_MS, metrics: [], notices: [] })
    const proven: Proven = { source, tally, tool, decoding: evidence.decoding, needed: this.needed }
    const resolver = this.resolvers.noticeFor(source)
    const notices = resolver === null ? evidence.notices : [...evidence.notices, resolver]
    findings.push(finding(proven, nowMs, { ...evidence, metrics: metricsOf(proven), notices }))
    this.open.report(keyOf(pair), nowMs, { source, zone }, before)
    return true
  }
}

const hasUnreadable = ({ isReadable, names }: Tally): boolean => isReadable !== true && names.sample.some((name) => name.unreadable)

function forgetOldest(map: Map<string, unknown>): void {
  for (const oldest of map.keys()) {
    if (map.size <= MAX_SEEN) return
    map.delete(oldest)
  }
}

function finding(proven: Proven, nowMs: number, evidence: Finding['evidence']): Finding {
  const { source, tally, tool } = proven
  const scoreTerms = termsOf(proven)
  return {
    ...fromTally(rule, tally, nowMs, scoreTerms),
    zone: tally.zone,
    source,
    summary: summaryOf(proven),
    tool: { name: tool.name, confidence: tool.confidence },
    techniques: claimsOf(proven),
    evidence,
  }
}
