import type { AskingSource, Evidence, EvidenceMinute, Metric, NameSample } from '@/lib/domain/evidence'
import { emptyEvidence } from '@/lib/domain/evidence'
import type { NameSketch, SampledName, Tally } from '@/lib/domain/tally'
import { decodeGroup } from '@/lib/names/decode/decode-group'
import { groupOf, identificationOf } from '@/lib/names/fingerprints/tool-of'
import { hostPart } from '@/lib/names/name-features'
import type { TallyView } from './detector'
import { informationBytes } from './name-measures'

const MAX_SAMPLES = 200
const MAX_SOURCES = 100

/** What a detector on names shows for a key, besides its own metrics and notices. */
export interface EvidenceRequest {
  readonly view: TallyView
  /** null: the zone over all sources. */
  readonly source: string | null
  readonly tally: Tally
  readonly spanMs: number
  readonly metrics: readonly Metric[]
  readonly notices: readonly string[]
}

export function tunnelEvidence({ view, source, tally, spanMs, metrics, notices }: EvidenceRequest): Evidence {
  const { zone, names } = tally
  return {
    ...emptyEvidence,
    metrics: [...metrics],
    samples: oddestFirst(names.sample).slice(0, MAX_SAMPLES).map(toSample),
    minutes: view.minutes(source, zone, spanMs).map(toMinute),
    byType: { ...tally.byType },
    byRcode: { ...tally.byRcode },
    sources: view.sourcesOf(zone, spanMs).slice(0, MAX_SOURCES).map(toAsking),
    bytesUp: bytesUp(names, zone),
    decoding: decodeGroup(groupOf(names.sample, zone), identificationOf(names.sample, zone)),
    notices: [...notices, ...samplingNotice(names)],
  }
}

/** How far a name is from a readable host name, by its length: the analyst sees the carriers first. */
const oddity = ({ unreadable, readabilityBits, length }: SampledName): number => (unreadable ? 1_000 : 0) + (readabilityBits ?? 0) * length

function oddestFirst(sample: readonly SampledName[]): SampledName[] {
  return sample.toSorted((a, b) => oddity(b) - oddity(a) || a.firstAt - b.firstAt || (a.name < b.name ? -1 : 1))
}

const toSample = ({ name, qtype, rcode, firstAt, length, entropyBits, readabilityBits, unreadable }: SampledName): NameSample => ({
  name,
  qtype,
  rcode,
  firstAt,
  length,
  entropyBits,
  readabilityBits,
  unreadable,
})

function toMinute({ fromMs, queries, names, byType }: Tally): EvidenceMinute {
  const count = Math.max(1, names.sample.length)
  return {
    at: fromMs,
    queries,
    distinctNames: names.distinct,
    entropyBits: names.sample.reduce((sum, name) => sum + name.entropyBits, 0) / count,
    length: names.sample.reduce((sum, name) => sum + name.length, 0) / count,
    byType: { ...byType },
  }
}

const toAsking = ({ source, queries, names, firstAt, lastAt }: Tally): AskingSource => ({
  source: source ?? '',
  queries,
  distinctNames: names.distinct,
  firstSeenAt: firstAt,
  lastSeenAt: lastAt,
})

/**
 * Bytes that the unreadable names can have carried. Upper bound: every character in front of the zone as one symbol of
 * the alphabet seen; lower bound: what compression leaves of the names, never above the upper one.
 */
export function bytesUp(names: NameSketch, zone: string): Evidence['bytesUp'] {
  const carriers = names.sample.filter((name) => name.unreadable)
  if (carriers.length === 0) return null
  const scale = names.distinct / names.sample.length
  const symbols = new Set<string>()
  let characters = 0
  for (const { name } of carriers) {
    for (const char of hostPart(name, zone).replaceAll('.', '')) {
      symbols.add(char)
      characters++
    }
  }
  const high = Math.round((characters * scale * Math.log2(Math.max(2, symbols.size))) / 8)
  const low = Math.round(informationBytes({ distinct: carriers.length, exact: true, complete: true, sample: carriers }) * scale)
  return { low: Math.min(low, high), high }
}

function samplingNotice({ complete, distinct, sample }: NameSketch): string[] {
  if (complete) return []
  return [`Figures about names come from a uniform sample of ${sample.length} of about ${distinct} distinct names.`]
}
