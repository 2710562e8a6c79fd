import type { NameSketch, SampledName } from '@/lib/domain/tally'
import { hostPart } from '@/lib/names/name-features'
import { readability } from '@/lib/names/readability'
import type { Settings } from '../detector'
import { type ChunkLayout, type ChunkText, LAYOUTS, readChunk } from './chunk-layout'

/** Names of the zone that are no chunks (a greeting, a poll) are allowed up to this share. */
const CHUNK_SHARE = 0.6
/** A payload label that most chunks share carries nothing: a session, a host, a part of the domain. */
const CONSTANT_SHARE = 0.6
/** Chunks of several files may reuse numbers, and a chunk may be sent again under a new name. */
const DISTINCT_SHARE = 0.5
/** Different chunks carry different text. */
const UNIQUE_SHARE = 0.9

export interface Chunk {
  readonly index: number
  /** Lower-case. */
  readonly payload: string
  /** In the case it was asked in, as far as the log tells. */
  readonly raw: string
  readonly at: number
  readonly unreadable: boolean
}

/** Names of one source and zone read as numbered chunks. */
export interface ChunkSeries {
  readonly layout: ChunkLayout
  readonly radix: 10 | 16
  /** In the order they were first asked. */
  readonly chunks: readonly Chunk[]
  /** Distinct numbers, smallest first. */
  readonly indices: readonly number[]
  /** Distinct numbers; estimated when the names are a sample. */
  readonly count: number
  /** Share of the numbers from first to last that were seen, 0–1. */
  readonly coverage: number
  /** Share of steps in time that count up, 0–1. */
  readonly inOrder: number
  /** Mean characters of a chunk. */
  readonly payloadLength: number
  readonly unreadableShare: number
  readonly isSampled: boolean
}

const of = (settings: Settings, id: string): number => settings[id] ?? Number.POSITIVE_INFINITY

/** The reading of a zone's names as numbered chunks that crosses the thresholds, the one with most numbers; else null. */
export function chunkSeriesOf(names: NameSketch, zone: string, settings: Settings): ChunkSeries | null {
  if (names.sample.length < of(settings, 'contiguousChunks')) return null
  const unreadable = names.sample.filter((name) => name.unreadable).length
  if (unreadable < of(settings, 'contiguousChunks')) return null
  const hosts = names.sample.map((name) => ({ name, labels: name.length === 0 ? [] : hostPart(name.raw ?? name.name, zone).split('.') }))
  const series = LAYOUTS.flatMap((layout) => read(names, hosts, layout, settings) ?? []).filter((one) => crosses(one, settings))
  return series.toSorted((a, b) => b.indices.length - a.indices.length || b.coverage - a.coverage || b.inOrder - a.inOrder)[0] ?? null
}

/** A name with the labels in front of its zone; none for the zone itself. */
interface Host {
  readonly name: SampledName
  readonly labels: readonly string[]
}

interface NumberedText extends ChunkText {
  readonly at: number
}

/** The names that a layout finds a number in; null when they are too few. Given up as soon as that is known: nearly always. */
function readAll(hosts: readonly Host[], layout: ChunkLayout): NumberedText[] | null {
  const found: NumberedText[] = []
  const needed = CHUNK_SHARE * hosts.length
  let left = hosts.length
  for (const { name, labels } of hosts) {
    left -= 1
    const text = labels.length === 0 ? null : readChunk(labels, layout)
    if (text !== null) found.push({ index: text.index, payload: text.payload, at: name.firstAt })
    else if (found.length + left < needed) return null
  }
  return found.length < needed ? null : found
}

/** Mean characters of payloads, before labels that all of them share are taken off. */
const meanLength = (texts: readonly ChunkText[]): number =>
  texts.reduce((sum, { payload }) => payload.reduce((length, label) => length + label.length, sum), 0) / Math.max(1, texts.length)

function read({ distinct, complete }: NameSketch, hosts: readonly Host[], layout: ChunkLayout, settings: Settings): ChunkSeries | null {
  const read = readAll(hosts, layout)
  if (read === null || meanLength(read) < of(settings, 'payload')) return null
  const radix = read.every(({ index }) => /^\d+$/.test(index)) ? 10 : 16
  const indices = [...new Set(read.map(({ index }) => Number.parseInt(index, radix)))].sort((a, b) => a - b)
  if (indices.length < DISTINCT_SHARE * read.length) return null
  const constants = constantLabels(read.map(({ payload }) => payload))
  const chunks = read.map(({ index, payload, at }) => chunkOf(Number.parseInt(index, radix), payload, constants, at)).sort(byTime)
  if (new Set(chunks.map(({ payload }) => payload)).size < UNIQUE_SHARE * chunks.length) return null
  const count = complete ? indices.length : Math.round((indices.length * distinct) / hosts.length)
  const range = (indices.at(-1) ?? 0) - (indices[0] ?? 0) + 1
  return {
    layout,
    radix,
    chunks,
    indices,
    count,
    coverage: Math.min(1, count / range),
    inOrder: rising(chunks),
    payloadLength: chunks.reduce((sum, { payload }) => sum + payload.length, 0) / Math.max(1, chunks.length),
    unreadableShare: chunks.filter(({ unreadable }) => unreadable).length / Math.max(1, chunks.length),
    isSampled: !complete,
  }
}

function chunkOf(index: number, payload: readonly string[], constants: ReadonlySet<string>, at: number): Chunk {
  const carrying = payload.filter((label) => !constants.has(label.toLowerCase()))
  const raw = carrying.join('')
  const { unreadable } = readability(carrying.map((label) => label.toLowerCase()))
  return { index, payload: raw.toLowerCase(), raw, at, unreadable }
}

const byTime = (a: Chunk, b: Chunk): number => a.at - b.at || a.index - b.index || (a.payload < b.payload ? -1 : 1)

/** Labels that most names share. */
function constantLabels(payloads: readonly (readonly string[])[]): ReadonlySet<string> {
  const counts = new Map<string, number>()
  for (const payload of payloads)
    for (const label of new Set(payload.map((one) => one.toLowerCase()))) counts.set(label, (counts.get(label) ?? 0) + 1)
  return new Set([...counts].filter(([, count]) => count >= CONSTANT_SHARE * payloads.length).map(([label]) => label))
}

/** Share of steps that count up; a tie in time is ordered by number and would always rise, so it is left out. */
function rising(chunks: readonly Chunk[]): number {
  let up = 0
  let steps = 0
  for (let i = 1; i < chunks.length; i++) {
    const before = chunks[i - 1]
    const chunk = chunks[i]
    if (before === undefined || chunk === undefined || before.at === chunk.at) continue
    steps++
    if (chunk.index > before.index) up++
  }
  return steps === 0 ? 0 : up / steps
}

function crosses(series: ChunkSeries, settings: Settings): boolean {
  if (series.payloadLength < of(settings, 'payload') || series.unreadableShare < of(settings, 'unreadableShare')) return false
  const isContiguous = series.coverage >= of(settings, 'coverage')
  if (isContiguous && series.count >= of(settings, 'contiguousChunks')) return true
  return series.count >= of(settings, 'chunks') && series.inOrder >= of(settings, 'inOrder')
}

/** Numbers between first and last that were not seen, as ranges. */
export function missingRanges({ indices }: ChunkSeries): readonly { readonly from: number; readonly to: number }[] {
  return indices.slice(1).flatMap((index, i) => {
    const from = (indices[i] ?? index) + 1
    return from < index ? [{ from, to: index - 1 }] : []
  })
}
