import type { Tally } from '@/lib/domain/tally'
import { createNameSketch, type NameSketchBuilder } from '@/lib/names/name-sketch'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { DetectorRun, Finding, PairKey, TallyView } from '../detector'
import { STEP_MS } from '../detector'

/** One lookup as a test writes it down. */
export interface TestLookup {
  readonly at: number
  readonly source: string
  readonly qname: string
  /** In the case asked, when that differs. */
  readonly raw?: string | null
  readonly qtype?: string | null
  readonly rcode?: string | null
}

interface Cell {
  firstAt: number
  lastAt: number
  queries: number
  readonly byType: Record<string, number>
  readonly byRcode: Record<string, number>
  readonly names: NameSketchBuilder
}

const MINUTE = 60_000
const minuteOf = (at: number): number => Math.floor(at / MINUTE) * MINUTE

/** A `TallyView` over lookups held in memory, for tests of detectors without the engine. */
export class TestView implements TallyView {
  nowMs = 0
  private readonly cells = new Map<string, Map<string, Map<number, Cell>>>()
  /** Keys by the minute they were touched in, in order. */
  private readonly asked = new Map<number, Map<string, PairKey>>()

  observe({ at, source, qname, raw = null, qtype = 'A', rcode = 'NOERROR' }: TestLookup): string | null {
    const zone = registeredDomain(qname)
    if (zone === null) return null
    const minutes = entry(
      entry(this.cells, zone, () => new Map<string, Map<number, Cell>>()),
      source,
      () => new Map<number, Cell>(),
    )
    const cell = entry(minutes, minuteOf(at), () => ({
      firstAt: at,
      lastAt: at,
      queries: 0,
      byType: {} as Record<string, number>,
      byRcode: {} as Record<string, number>,
      names: createNameSketch(),
    }))
    cell.queries++
    cell.lastAt = Math.max(cell.lastAt, at)
    cell.byType[qtype ?? '-'] = (cell.byType[qtype ?? '-'] ?? 0) + 1
    cell.byRcode[rcode ?? '-'] = (cell.byRcode[rcode ?? '-'] ?? 0) + 1
    cell.names.add({ qname, raw, zone, qtype, rcode, at })
    return zone
  }

  /** A step that ends now touched the pairs. */
  touch(keys: readonly PairKey[]): void {
    const minute = entry(this.asked, minuteOf(this.nowMs - 1), () => new Map<string, PairKey>())
    for (const key of keys) entry(minute, `${key.zone} ${key.source}`, () => key)
  }

  askedIn(minute: number): readonly PairKey[] {
    return [...(this.asked.get(minute)?.values() ?? [])]
  }

  tally({ source, zone }: PairKey, spanMs: number): Tally | null {
    return this.pair(source, zone, spanMs)
  }

  lookups(key: PairKey, spanMs: number): number {
    return this.tally(key, spanMs)?.queries ?? 0
  }

  pair(source: string, zone: string, spanMs: number): Tally | null {
    return merged(source, zone, this.from(spanMs), this.nowMs, this.cellsOf(source, zone, spanMs))
  }

  zone(zone: string, spanMs: number): Tally | null {
    return merged(null, zone, this.from(spanMs), this.nowMs, this.cellsOf(null, zone, spanMs))
  }

  sourcesOf(zone: string, spanMs: number): readonly Tally[] {
    return [...(this.cells.get(zone)?.keys() ?? [])]
      .flatMap((source) => this.pair(source, zone, spanMs) ?? [])
      .toSorted((a, b) => b.queries - a.queries || ((a.source ?? '') < (b.source ?? '') ? -1 : 1))
  }

  *pairs(spanMs: number): Iterable<PairKey> {
    for (const zone of this.zones(spanMs))
      for (const source of [...(this.cells.get(zone)?.keys() ?? [])].toSorted())
        if (this.cellsOf(source, zone, spanMs).length > 0) yield { source, zone }
  }

  *zones(spanMs: number): Iterable<string> {
    for (const zone of [...this.cells.keys()].toSorted()) if (this.cellsOf(null, zone, spanMs).length > 0) yield zone
  }

  minutes(source: string | null, zone: string, spanMs: number): readonly Tally[] {
    const byMinute = new Map<number, [number, Cell][]>()
    for (const found of this.cellsOf(source, zone, spanMs)) entry(byMinute, found[0], () => []).push(found)
    return [...byMinute].toSorted((a, b) => a[0] - b[0]).flatMap(([at, cells]) => merged(source, zone, at, at + MINUTE, cells) ?? [])
  }

  totals(spanMs: number): { sources: number; queries: number } {
    const sources = new Set<string>()
    let queries = 0
    for (const { source, zone } of this.pairs(spanMs)) {
      sources.add(source)
      queries += this.pair(source, zone, spanMs)?.queries ?? 0
    }
    return { sources: sources.size, queries }
  }

  private from(spanMs: number): number {
    return Math.ceil((this.nowMs - spanMs) / MINUTE) * MINUTE
  }

  private cellsOf(source: string | null, zone: string, spanMs: number): [number, Cell][] {
    const sources = this.cells.get(zone)
    const chosen = source === null ? [...(sources?.values() ?? [])] : [sources?.get(source) ?? new Map<number, Cell>()]
    return chosen.flatMap((minutes) => [...minutes].filter(([at]) => at >= this.from(spanMs) && at < this.nowMs))
  }
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}

function merged(source: string | null, zone: string, fromMs: number, toMs: number, cells: readonly [number, Cell][]): Tally | null {
  if (cells.length === 0) return null
  const names = createNameSketch()
  const tally = { firstAt: Number.POSITIVE_INFINITY, lastAt: 0, queries: 0 }
  const byType: Record<string, number> = {}
  const byRcode: Record<string, number> = {}
  for (const [, cell] of cells) {
    names.merge(cell.names)
    tally.firstAt = Math.min(tally.firstAt, cell.firstAt)
    tally.lastAt = Math.max(tally.lastAt, cell.lastAt)
    tally.queries += cell.queries
    for (const [type, count] of Object.entries(cell.byType)) byType[type] = (byType[type] ?? 0) + count
    for (const [rcode, count] of Object.entries(cell.byRcode)) byRcode[rcode] = (byRcode[rcode] ?? 0) + count
  }
  return { source, zone, fromMs, toMs, ...tally, byType, byRcode, queryBytes: 0, responseBytes: 0, names: names.view() }
}

/**
 * Runs a detector over lookups in 10-second steps, waking it when it asks, as the engine does.
 *
 * @param untilMs - Wakes due after the last lookup are served up to this event time; default 24 hours later.
 */
export function replay(run: DetectorRun, lookups: readonly TestLookup[], untilMs?: number): Finding[] {
  const ordered = lookups.toSorted((a, b) => a.at - b.at)
  const view = new TestView()
  const findings: Finding[] = []
  let next = 0
  const last = ordered.at(-1)?.at ?? 0
  const end = untilMs ?? last + 24 * 3_600_000
  for (;;) {
    const wakeAt = run.wakeAt()
    const wake = wakeAt === null ? Number.POSITIVE_INFINITY : Math.max(Math.ceil(wakeAt / STEP_MS) * STEP_MS, view.nowMs + STEP_MS)
    const lookup = (Math.floor((ordered[next]?.at ?? Number.POSITIVE_INFINITY) / STEP_MS) + 1) * STEP_MS
    const nowMs = Math.min(wake, lookup)
    if (nowMs > Math.max(end, last + STEP_MS)) return findings
    const fromMs = nowMs - STEP_MS
    const touched = new Map<string, PairKey>()
    for (let one = ordered[next]; one !== undefined && one.at < nowMs; one = ordered[++next]) {
      const zone = view.observe(one)
      if (zone !== null) touched.set(`${zone} ${one.source}`, { source: one.source, zone })
    }
    view.nowMs = nowMs
    const keys = [...touched].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, key]) => key)
    view.touch(keys)
    findings.push(...run.step({ fromMs, nowMs, touched: keys, processes: [], view }))
  }
}

/** Lookups of a fixture: one a line, `at TAB source TAB qname TAB qtype TAB rcode`, rcode `-` for no response; names in the case asked. */
export function lookupsOf(tsv: string): TestLookup[] {
  return tsv
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [at = '', source = '', name = '', qtype = '', rcode = ''] = line.split('\t')
      const qname = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
      return { at: Number(at), source, qname, raw: qname === name ? null : name, qtype, rcode: rcode === '-' ? null : rcode }
    })
}
