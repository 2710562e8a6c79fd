import type { TechniqueClaim } from '@/lib/domain/alarm'
import type { AnomalyBucket, Metric, ScoreTerm } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import { encodingOf } from '@/lib/names/decode/alphabet-of-names'
import { type ToolMatch, toolOf } from '@/lib/names/fingerprints/tool-of'
import { UNREADABLE_BITS } from '@/lib/names/readability'
import type { Finding, Settings, TallyView } from '../detector'
import { number } from '../facts/words'
import { fromTally } from '../finding-on-names'
import { measureNames, type NameMeasures } from '../name-measures'
import { informationPoints, points, toolTerm } from '../score-terms'
import { tunnelEvidence } from '../tunnel-evidence'
import { YOUNG_MS, YOUNG_SAMPLES } from './population-model'
import { BUCKET_MS, rule } from './rule'

/** A source that carried much of the anomaly on its own, 0–1. */
export interface Influence {
  readonly source: string
  readonly influence: number
  readonly tally: Tally
}

export interface Anomaly {
  readonly tally: Tally
  readonly bucket: AnomalyBucket
  /** This bucket and the anomalous ones of the zone before it, oldest first. */
  readonly buckets: readonly AnomalyBucket[]
  readonly influencers: readonly Influence[]
  readonly view: TallyView
  readonly nowMs: number
  readonly settings: Settings
  /** What the model has learned from. */
  readonly learned: { readonly samples: number; readonly domains: number; readonly ageMs: number }
  readonly notices: readonly string[]
}

const HOUR_MS = 3_600_000
/** Share of unreadable names from which content supports what the number says. */
const UNREADABLE_SHARE = 0.6

const probabilityText = (value: number): string => (value < 0.001 ? value.toExponential(1) : value.toFixed(4))

export function findingOf(anomaly: Anomaly): Finding {
  const { tally, buckets, influencers, view, nowMs, settings, notices } = anomaly
  const names = measureNames(tally.names)
  const tool = toolOf(tally.names.sample, tally.zone)
  const scoreTerms = termsOf(anomaly, names, tool)
  const [sole] = influencers
  const evidence = tunnelEvidence({
    view,
    source: null,
    tally,
    spanMs: BUCKET_MS,
    metrics: metricsOf(anomaly, names, settings),
    notices: [...notices, ...estimateNotice(tally)],
  })
  return {
    ...fromTally(rule, tally, nowMs, scoreTerms),
    zone: tally.zone,
    source: influencers.length === 1 && sole !== undefined ? sole.source : null,
    summary: summaryOf(anomaly),
    tool: tool === null ? null : { name: tool.name, confidence: tool.confidence },
    techniques: claimsOf(anomaly, names),
    evidence: { ...evidence, buckets: [...buckets] },
  }
}

function estimateNotice({ names }: Tally): string[] {
  return names.complete ? [] : ['The information content is estimated: a sample of the names was compressed and scaled to all of them.']
}

function termsOf({ tally, bucket, settings }: Anomaly, names: NameMeasures, tool: ToolMatch | null): ScoreTerm[] {
  const floor = settings.informationBytes ?? 350
  const terms: ScoreTerm[] = [
    {
      id: 'anomaly',
      sentence: `Anomaly score ${Math.round(bucket.anomalyScore)} of 100: a value this high has probability ${probabilityText(bucket.probability)} among all domains.`,
      value: bucket.anomalyScore,
      threshold: settings.anomalyScore ?? 50,
      points: points(bucket.anomalyScore / 4, 25),
    },
    {
      id: 'information',
      sentence: `The names hold ${number(bucket.informationBytes)} bytes of information in 15 minutes, floor ${number(floor)}.`,
      value: bucket.informationBytes,
      threshold: floor,
      points: informationPoints(bucket.informationBytes, 15),
    },
  ]
  if (names.unreadableShare >= UNREADABLE_SHARE) {
    terms.push({
      id: 'readability',
      sentence: `${Math.round(100 * names.unreadableShare)} % of the names are unreadable, at ${number(names.readabilityBits)} bits per character; the limit is ${UNREADABLE_BITS}.`,
      value: names.readabilityBits,
      threshold: UNREADABLE_BITS,
      points: points(10 * names.unreadableShare * ((names.readabilityBits - UNREADABLE_BITS) / 3), 10),
    })
  }
  const encoding = encodingOf(tally.names.sample, tally.zone)
  if (encoding !== null) {
    const sentence = `${number(encoding.characters)} characters of the names use the alphabet of ${encoding.name} and nothing else.`
    terms.push({ id: 'encoding', sentence, value: encoding.characters, threshold: null, points: 5 })
  }
  if (tool !== null) terms.push(toolTerm(tool, tally.zone, 0.5))
  return terms.filter((term) => term.points !== 0)
}

function metricsOf({ tally, bucket, influencers, learned }: Anomaly, names: NameMeasures, settings: Settings): Metric[] {
  return [
    {
      id: 'information',
      label: 'Information in the names, 15 minutes',
      value: bucket.informationBytes,
      unit: 'B',
      threshold: settings.informationBytes ?? null,
    },
    { id: 'typical', label: 'Typical for a domain', value: bucket.typicalBytes, unit: 'B', threshold: null },
    { id: 'factor', label: 'Times the typical value', value: bucket.informationBytes / bucket.typicalBytes, unit: '', threshold: null },
    { id: 'probability', label: 'Probability of a value this high', value: bucket.probability, unit: '', threshold: null },
    {
      id: 'anomaly',
      label: 'Anomaly score (Elastic-style)',
      value: bucket.anomalyScore,
      unit: '',
      threshold: settings.anomalyScore ?? null,
    },
    { id: 'distinct', label: 'Distinct names in 15 minutes', value: tally.names.distinct, unit: '', threshold: null },
    { id: 'unreadable-share', label: 'Share of names that are unreadable', value: names.unreadableShare, unit: 'ratio', threshold: null },
    { id: 'learned', label: 'Results the model has learned from', value: Math.round(learned.samples), unit: '', threshold: YOUNG_SAMPLES },
    { id: 'model-age', label: 'Age of the model', value: learned.ageMs / HOUR_MS, unit: 'h', threshold: YOUNG_MS / HOUR_MS },
    { id: 'domains', label: 'Domains the model compares with', value: learned.domains, unit: '', threshold: null },
    { id: 'influencers', label: 'Sources with influence', value: influencers.length, unit: '', threshold: null },
  ]
}

function claimsOf({ tally, bucket }: Anomaly, names: NameMeasures): TechniqueClaim[] {
  const claims: TechniqueClaim[] = [
    {
      id: 'T1572',
      because: `${number(bucket.informationBytes)} bytes of information in the names below ${tally.zone} in 15 minutes, ${number(bucket.informationBytes / bucket.typicalBytes)} times what a domain shows.`,
    },
  ]
  const answered = tally.byRcode.NOERROR ?? 0
  if (names.unreadableShare >= UNREADABLE_SHARE && answered > 0 && 2 * answered >= tally.queries - (tally.byRcode['-'] ?? 0)) {
    claims.push({
      id: 'T1071.004',
      because: `The domain’s server answered ${number(answered)} of ${number(tally.queries)} lookups of mostly unreadable names, so data can come back.`,
    })
  }
  const encoding = encodingOf(tally.names.sample, tally.zone)
  if (encoding !== null) {
    const id = encoding.isStandard ? 'T1132.001' : 'T1132.002'
    claims.push({ id, because: `${number(encoding.characters)} characters of the names fit the alphabet of ${encoding.name}.` })
  }
  return claims
}

function summaryOf({ tally, bucket, influencers }: Anomaly): string {
  const factor = bucket.informationBytes / bucket.typicalBytes
  const who =
    influencers.length === 0
      ? ''
      : `, mostly from ${influencers
          .slice(0, 3)
          .map(({ source }) => source)
          .join(', ')}`
  return `Names below ${tally.zone} held ${number(bucket.informationBytes)} bytes of information in 15 minutes${who}: ${number(factor)} times the typical ${number(bucket.typicalBytes)}, probability ${probabilityText(bucket.probability)}.`
}
