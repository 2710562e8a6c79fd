import { type GivenRole, type KnownAssets, NO_ASSETS } from '@/lib/domain/asset'
import type { BenignFacts, Evidence, ScoreTerm } from '@/lib/domain/evidence'
import { SEVERITIES, SEVERITY_RISK, severityRank, shownSeverity } from '@/lib/domain/severity'
import type { Tally } from '@/lib/domain/tally'
import { ATTACK_VERSION } from '@/lib/domain/techniques'
import type { CatalogueMatch } from '@/lib/names/benign-catalogue/catalogue'
import type { GapHistogram } from '@/lib/stats/gap-histogram'
import type { Finding, PairKey, TallyView } from '../detector'
import { ResolverWatch } from '../resolver-watch'
import { points, scoreOf } from '../score-terms'
import { type BenignInput, recogniseBenign } from './benign-family'
import { benignInputOf } from './benign-input'
import { ALARM_BAR, catalogueTerm, entryFacts, matchOf, overrideOf, suppressionOf } from './catalogue-term'
import { bytesDownOf, readabilityOf } from './name-facts'
import { givenResolver, roleTerms } from './role-terms'
import { spreadOf } from './spread'
import { timingOf } from './timing'
import { carryingExcess, typeMixOf } from './type-mix'

const HOUR_MS = 3_600_000
export const TIMING_POINTS = 5
export const TYPE_POINTS = 8

/** What the engine knows beside tallies. */
export interface Network {
  /** Gaps between the lookups of a pair; null when it is not in memory. */
  gapsOf(source: string, zone: string): GapHistogram | null
  /** Everybody's lookups of the last hour by record type. */
  typesOfHour(): Readonly<Record<string, number>>
}

export interface AnnotatorOptions {
  /** False: findings are described, but no catalogue entry lowers or hides any. */
  readonly withCatalogue: boolean
  /** What people say about hosts and zones; nothing when absent. */
  readonly assets?: KnownAssets
}

/**
 * Adds to a detector's finding what holds for every alarm on names: facts for the analyst, the terms of the score that come
 * of them, and what the benign catalogue takes off. Deterministic; the only state is who is taken for a resolver.
 */
export class Annotator {
  private readonly resolvers: ResolverWatch

  constructor(
    private readonly options: AnnotatorOptions,
    snapshot?: unknown,
  ) {
    this.resolvers = new ResolverWatch(snapshot as ConstructorParameters<typeof ResolverWatch>[0])
  }

  observe(nowMs: number, touched: readonly PairKey[]): void {
    this.resolvers.observe(nowMs, touched)
  }

  snapshot(): unknown {
    return this.resolvers.snapshot()
  }

  annotate(finding: Finding, view: TallyView, network: Network): Finding {
    const { zone, source } = finding
    const evidence = { ...finding.evidence, attackVersion: ATTACK_VERSION }
    if (zone === null || finding.evidence.processStarts.length > 0) return { ...finding, evidence }
    const asking = view.sourcesOf(zone, HOUR_MS)
    const own = source === null ? view.zone(zone, HOUR_MS) : (asking.find((tally) => tally.source === source) ?? null)
    const match = this.options.withCatalogue ? matchOf(finding) : null
    const assets = this.options.assets ?? NO_ASSETS
    const roles = assets.rolesOf([source ?? asking[0]?.source ?? null, finding.hostId, finding.hostName])
    const facts = own === null ? {} : this.factsOf(own, asking, view, network, roles)
    const described = { ...finding, evidence: { ...evidence, ...facts } }
    const input =
      own === null ? null : benignInputOf(own, asking, view.totals(HOUR_MS).sources, described.evidence.timing, match?.entry ?? null)
    const benign = benignFactsOf(described, input, match)
    const whole = { ...described, evidence: { ...described.evidence, benign } }
    return withTerms(judged(whole, match, source === null ? asking.length : 1), roleTerms(whole, input, roles, assets))
  }

  private factsOf(own: Tally, asking: readonly Tally[], view: TallyView, network: Network, roles: readonly GivenRole[]): Partial<Evidence> {
    const host = own.source ?? asking[0]?.source ?? null
    const zoneTypes = own.source === null || asking.length === 1 ? own.byType : (view.zone(own.zone, HOUR_MS)?.byType ?? own.byType)
    return {
      bytesDown: bytesDownOf(own),
      readability: readabilityOf(own),
      typeMix: typeMixOf(own.byType, zoneTypes, network.typesOfHour()),
      timing: host === null ? null : timingOf(network.gapsOf(host, own.zone)),
      spread: spreadOf(asking, view.totals(HOUR_MS).sources),
      resolver: host === null ? null : (givenResolver(host, roles) ?? this.resolvers.noticeFor(host)),
    }
  }
}

function benignFactsOf(finding: Finding, input: BenignInput | null, match: CatalogueMatch | null): BenignFacts | null {
  const opinion = input === null ? null : recogniseBenign(input)
  const overridden = match === null ? null : overrideOf(finding)
  return {
    family: opinion?.family ?? match?.entry.family ?? null,
    confidence: opinion?.confidence ?? (match === null ? null : 'fair'),
    evidence: [...(opinion?.evidence ?? [])],
    entry: match === null ? null : entryFacts(match),
    overridden,
  }
}

/** The finding with further terms; what the catalogue decided without them stays. */
function withTerms(finding: Finding, terms: readonly ScoreTerm[]): Finding {
  if (terms.length === 0) return finding
  const scoreTerms = [...finding.scoreTerms, ...terms]
  return { ...finding, scoreTerms, score: scoreOf(scoreTerms) }
}

/** What speaks against data in names says nothing against a payload that can be read. */
const AGAINST_DATA: ReadonlySet<string> = new Set(['light', 'failures', 'hashes'])

/** The terms of the detector, without those that readable text refutes. */
function standing(finding: Finding): readonly ScoreTerm[] {
  const { decoding } = finding.evidence
  const isRead = decoding !== null && decoding.refusal === null && decoding.preview !== null
  return isRead ? finding.scoreTerms.filter(({ id }) => !AGAINST_DATA.has(id)) : finding.scoreTerms
}

/** The finding with its circumstances and the catalogue weighed in. */
function judged(described: Finding, match: CatalogueMatch | null, sources: number): Finding {
  const own = standing(described)
  const finding = own === described.scoreTerms ? described : { ...described, scoreTerms: own, score: scoreOf(own) }
  const terms = [...finding.scoreTerms, ...circumstances(finding)]
  if (match === null || finding.evidence.benign?.overridden !== null) return weighed(finding, terms)
  const scoreTerms = [...terms, catalogueTerm(match, sources)]
  const score = scoreOf(scoreTerms)
  const suppression = score < ALARM_BAR ? suppressionOf(match, score) : null
  return { ...finding, scoreTerms, score, evidence: { ...finding.evidence, suppression } }
}

/**
 * Without the catalogue: what speaks against an alarm may leave less of it than an alarm begins at. What names of a known
 * make, or answers that hold data, speak for stays.
 */
function weighed(finding: Finding, scoreTerms: readonly ScoreTerm[]): Finding {
  const score = scoreOf(scoreTerms)
  const against = scoreTerms.filter((term) => term.points < 0)
  if (score >= ALARM_BAR || against.length === 0 || speaksForItself(finding)) return { ...finding, scoreTerms, score }
  const suppression = `the score is ${score}, an alarm begins at ${ALARM_BAR}: ${against.map(({ sentence }) => sentence).join(' ')}`
  return { ...finding, scoreTerms, score, evidence: { ...finding.evidence, suppression } }
}

function speaksForItself({ tool, scoreTerms }: Finding): boolean {
  return tool?.confidence === 'certain' || tool?.confidence === 'high' || scoreTerms.some(({ id }) => id === 'answers')
}

/** Terms for timing and record types. They order alarms within a band of severity and never lift one into the next. */
function circumstances({ score, scoreTerms, evidence, severity }: Finding): ScoreTerm[] {
  const { timing, typeMix } = evidence
  const room = Math.max(0, bandEnd(score, severity) - score)
  const terms: ScoreTerm[] = []
  if (timing?.verdict === 'regular' && timing.periodMs !== null) {
    const value = points(TIMING_POINTS * timing.share * (1 - (timing.jitter ?? 0)), Math.min(TIMING_POINTS, room))
    terms.push({ id: 'timing', sentence: timing.sentence, value: timing.share, threshold: 0.6, points: value })
  }
  if (typeMix !== null && typeMix.divergence !== null && !scoreTerms.some(({ id }) => id === 'types')) {
    const left = room - terms.reduce((sum, term) => sum + term.points, 0)
    const value = points(TYPE_POINTS * carryingExcess(typeMix), Math.min(TYPE_POINTS, left))
    terms.push({ id: 'type-mix', sentence: typeMix.sentence, value: typeMix.divergence, threshold: null, points: value })
  }
  return terms.filter((term) => term.points > 0)
}

/** Last score, to one decimal, that is shown in the same band. */
function bandEnd(score: number, floor: Finding['severity']): number {
  const next = SEVERITIES[severityRank(shownSeverity(score, floor)) + 1]
  return next === undefined ? 100 : SEVERITY_RISK[next] - 0.1
}
