import type { TechniqueClaim } from '@/lib/domain/alarm'
import type { Metric, ScoreTerm } from '@/lib/domain/evidence'
import type { Settings } from '../detector'
import { number } from '../facts/words'
import { doublings, points } from '../score-terms'
import { layoutText } from './chunk-layout'
import { type ChunkSeries, missingRanges } from './chunk-series'

/** The terms add up to 72 at most: numbered chunks are seldom anything else, but what they hold is not read here. */
const LIMITS = { chunks: 35, order: 15, payload: 12, size: 10 } as const

/** Ranges of missing chunks that are listed. */
const MAX_RANGES = 20
/** Share of chunks of one length from which a fixed size is claimed. */
const FIXED_SHARE = 0.8

const percent = (share: number): string => `${Math.round(100 * share)} %`

/** What a series is explained with. */
export interface ChunkCase {
  readonly source: string
  readonly zone: string
  readonly series: ChunkSeries
  readonly bytes: { readonly low: number; readonly high: number }
}

export function termsOf({ series, zone, bytes }: ChunkCase, settings: Settings): ScoreTerm[] {
  const isContiguous = series.coverage >= (settings.coverage ?? 1)
  const threshold = settings[isContiguous ? 'contiguousChunks' : 'chunks'] ?? 1
  const terms: ScoreTerm[] = [
    {
      id: 'chunks',
      sentence: `${number(series.count)} different chunk numbers below ${zone} in 60 minutes, threshold ${threshold}.`,
      value: series.count,
      threshold,
      points: doublings(series.count, threshold, 25, LIMITS.chunks),
    },
    {
      id: 'order',
      sentence: `${percent(series.coverage)} of the numbers from ${rangeText(series)} were seen, and ${percent(series.inOrder)} of the steps count up.`,
      value: series.coverage,
      threshold: settings.coverage ?? null,
      points: points(LIMITS.order * Math.max(series.coverage, series.inOrder), LIMITS.order),
    },
    {
      id: 'payload',
      sentence: `A chunk has ${number(series.payloadLength)} characters on average, and ${percent(series.unreadableShare)} are unreadable.`,
      value: series.payloadLength,
      threshold: settings.payload ?? null,
      points: points(LIMITS.payload * series.unreadableShare * Math.min(1, series.payloadLength / 40), LIMITS.payload),
    },
    {
      id: 'size',
      sentence: `The chunks carry between ${number(bytes.low)} and ${number(bytes.high)} bytes.`,
      value: bytes.high,
      threshold: null,
      points: points(3 * Math.log10(Math.max(1, bytes.high) / 100), LIMITS.size),
    },
  ]
  return terms.filter((term) => term.points !== 0)
}

/** Techniques, each with the fact that was seen. */
export function claimsOf({ series, zone, bytes }: ChunkCase): TechniqueClaim[] {
  const claims: TechniqueClaim[] = [
    {
      id: 'T1048.003',
      because: `${number(series.count)} numbered pieces of text below ${zone} carry ${number(bytes.low)} to ${number(bytes.high)} bytes out in plain DNS.`,
    },
    {
      id: 'T1020',
      because: `The chunk number stands ${layoutText(series.layout)} and counts from ${rangeText(series)}; ${percent(series.inOrder)} of the steps rise: a program sends them.`,
    },
  ]
  const size = fixedSize(series)
  if (size !== null)
    claims.push({
      id: 'T1030',
      because: `${size.chunks} of ${series.chunks.length} chunks have ${size.length} characters: pieces of fixed size.`,
    })
  return claims
}

function fixedSize({ chunks }: ChunkSeries): { readonly chunks: number; readonly length: number } | null {
  const counts = new Map<number, number>()
  for (const { payload } of chunks) counts.set(payload.length, (counts.get(payload.length) ?? 0) + 1)
  const [top] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])
  return top === undefined || top[1] < FIXED_SHARE * chunks.length ? null : { chunks: top[1], length: top[0] }
}

export function metricsOf({ series, bytes }: ChunkCase, settings: Settings): Metric[] {
  const metric = (id: string, label: string, value: number, unit: string, threshold: number | null): Metric => ({
    id,
    label,
    value,
    unit,
    threshold,
  })
  const missing = missingRanges(series).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  return [
    metric('chunks', 'Different chunk numbers in 60 minutes', series.count, '', settings.chunks ?? null),
    metric('first', 'First chunk number', series.indices[0] ?? 0, '', null),
    metric('last', 'Last chunk number', series.indices.at(-1) ?? 0, '', null),
    ...(series.isSampled ? [] : [metric('missing', 'Numbers between them that were not seen', missing, '', null)]),
    metric('coverage', 'Share of the numbers that were seen', series.coverage, 'ratio', settings.coverage ?? null),
    metric('in-order', 'Share of steps that count up', series.inOrder, 'ratio', settings.inOrder ?? null),
    metric('payload', 'Mean characters of a chunk', series.payloadLength, '', settings.payload ?? null),
    metric('unreadable-share', 'Share of chunks that are unreadable', series.unreadableShare, 'ratio', settings.unreadableShare ?? null),
    metric('bytes', 'Bytes the chunks carry, at most', bytes.high, 'B', null),
  ]
}

/** Which pieces the log does not hold: what an investigator needs to put the file together. */
export function noticesOf({ series }: ChunkCase): string[] {
  if (series.isSampled)
    return ['The chunks are judged by a uniform sample of 512 names: their number is an estimate, and which are missing cannot be told.']
  const missing = missingRanges(series)
  if (missing.length === 0) return [`Every chunk from ${rangeText(series)} was seen.`]
  const listed = missing
    .slice(0, MAX_RANGES)
    .map(({ from, to }) => (from === to ? written(from, series) : `${written(from, series)}–${written(to, series)}`))
  const more = missing.length > MAX_RANGES ? ` and ${missing.length - MAX_RANGES} more ranges` : ''
  return [`Chunks from ${rangeText(series)} that were not seen: ${listed.join(', ')}${more}.`]
}

export function summaryOf({ source, zone, series, bytes }: ChunkCase): string {
  const missing = missingRanges(series).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const gaps = series.isSampled ? '' : missing === 0 ? ', none missing' : `, ${number(missing)} missing`
  const about = series.isSampled ? 'about ' : ''
  return `${source} sent ${about}${number(series.count)} numbered chunks (${rangeText(series)}${gaps}) of unreadable text in names below ${zone} in 60 minutes, ${number(bytes.low)} to ${number(bytes.high)} bytes.`
}

const written = (index: number, { radix }: ChunkSeries): string => (radix === 10 ? `${index}` : `0x${index.toString(16)}`)

const rangeText = (series: ChunkSeries): string =>
  `${written(series.indices[0] ?? 0, series)} to ${written(series.indices.at(-1) ?? 0, series)}`
