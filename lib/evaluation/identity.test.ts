import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { LogEvent } from '@/lib/domain/log-event'
import { createAnalyser } from '@/lib/engine/analyse'
import { AnalysisHeads } from '@/lib/engine/analysis-heads'
import { createMemoryAlarmSink, type MemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { rangeOf } from '@/lib/engine/pending-ranges'
import { RangeAnalysis } from '@/lib/engine/range-analysis'
import { readLog } from '@/lib/formats/read-log'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { STRETCHES, type Stretch, suspiciousTraffic } from './fixtures/suspicious-traffic'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-identity-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** Wall clock of the benches: places of an analysis are kept only when they are not ahead of it. */
const AFTER_ALL_MS = Date.UTC(2030, 0, 1)
const stretches = fc.array(fc.constantFrom<Stretch>(...STRETCHES), { minLength: 2, maxLength: 7 })
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 4 })
const traffic = fc.record({ stretches, seed: fc.integer({ min: 1, max: 1e6 }) })

const bytesOf = (alarms: readonly AlarmDraft[]): string => JSON.stringify([...alarms].sort((a, b) => (a.id < b.id ? -1 : 1)))

/**
 * Alarms without what they tell of everybody else's lookups: an alarm that ended before later parts came keeps what was
 * known of its surroundings then.
 */
const ownFactsOf = (alarms: string): unknown =>
  (JSON.parse(alarms) as AlarmDraft[]).map(({ scoreTerms, evidence: { typeMix: _mix, spread: _spread, ...evidence }, ...alarm }) => ({
    ...{ ...alarm, evidence, terms: scoreTerms.map(({ id, points }) => [id, points]) },
  }))

/** The pieces between the cuts, none of them empty. */
function pieces<T>(items: readonly T[], at: readonly number[]): T[][] {
  const places = [...new Set([0, ...at.map((share) => Math.floor(share * items.length)), items.length])].sort((a, b) => a - b)
  return places.flatMap((from, index) => {
    const piece = items.slice(from, places[index + 1] ?? from)
    return piece.length === 0 ? [] : [piece]
  })
}

/** Alarms of the analyser alone, stopped after each piece and continued from its written state. */
function alarmsByAnalyser(parts: readonly (readonly LogEvent[])[]): string {
  const sink = createMemoryAlarmSink()
  let analyser = createAnalyser({ detectors })
  for (const part of parts) {
    for (const event of part) analyser.observe(event)
    sink.upsert(analyser.drafts(), 0)
    const snapshot = JSON.parse(JSON.stringify(analyser.snapshot())) as unknown
    analyser = createAnalyser({ detectors, snapshot })
  }
  analyser.finish()
  sink.upsert(analyser.drafts(), 0)
  return bytesOf(sink.alarms())
}

interface Bench {
  readonly sink: MemoryAlarmSink
  /** Stores what it is given. */
  append(events: readonly LogEvent[]): void
  /** Analyses the span of the events, by a process that starts for it and ends after it. */
  analyse(events: readonly LogEvent[]): Promise<void>
  close(): void
}

function openBench(): Bench {
  const folder = mkdtempSync(join(dir, 'bench-'))
  const events = createSqliteEventStore({ dir: folder, throwAway: true })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(folder, { throwAway: true }))
  const sink = createMemoryAlarmSink()
  return {
    sink,
    append: (batch) => void events.append(batch, 'intake'),
    analyse: async (batch) => {
      const range = rangeOf(batch)
      if (range === null) return
      const heads = new AnalysisHeads(intakes)
      heads.dropFrom(range.fromMs)
      const analysis = new RangeAnalysis({ events, sink, detectors, heads, now: () => AFTER_ALL_MS, pause: async () => {} })
      await analysis.run(range, false)
      heads.save()
    },
    close: () => {
      events.close()
      intakes.close()
    },
  }
}

async function withBench(work: (bench: Bench) => Promise<void>): Promise<string> {
  const bench = openBench()
  try {
    await work(bench)
    return bytesOf(bench.sink.alarms())
  } finally {
    bench.close()
  }
}

describe('the same alarms of all detectors, byte for byte unless a part had ended', () => {
  test('wherever the analyser was stopped and continued', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(traffic, cuts, ({ stretches: parts, seed }, at) => {
        const events = suspiciousTraffic(parts, seed)
        expect(alarmsByAnalyser(pieces(events, at))).toBe(alarmsByAnalyser([events]))
      }),
      { numRuns: 7 },
    )
  })

  test('in whatever order and batches events were stored', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(traffic, cuts, fc.integer({ min: 1, max: 1e6 }), async ({ stretches: parts, seed }, at, order) => {
        const events = suspiciousTraffic(parts, seed)
        const shuffled = events.toSorted((a, b) => ((a.id * order) % 1_009) - ((b.id * order) % 1_009))
        const batches = pieces(shuffled, at)
        const stored = await withBench(async (bench) => {
          for (const batch of batches) bench.append(batch)
          await bench.analyse(events)
        })
        expect(stored).toBe(alarmsByAnalyser([events]))
      }),
      { numRuns: 5 },
    )
  })

  test('whether a log came whole or in parts, with a restart between them', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(traffic, cuts, async ({ stretches: parts, seed }, at) => {
        const events = suspiciousTraffic(parts, seed)
        const inParts = await withBench(async (bench) => {
          for (const part of pieces(events, at)) {
            bench.append(part)
            await bench.analyse(part)
          }
        })
        expect(ownFactsOf(inParts)).toEqual(ownFactsOf(alarmsByAnalyser([events])))
      }),
      { numRuns: 7, examples: [[{ stretches: ['hex-tunnel', 'silence', 'hex-tunnel'], seed: 4 }, [0.5]]] },
    )
  })

  test('whether a detector runs alone or beside the others', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(traffic, fc.constantFrom(...detectors), ({ stretches: parts, seed }, detector) => {
        const events = suspiciousTraffic(parts, seed)
        const run = (chosen: typeof detectors): readonly AlarmDraft[] => {
          const analyser = createAnalyser({ detectors: chosen })
          for (const event of events) analyser.observe(event)
          analyser.finish()
          return analyser.drafts()
        }
        const beside = run(detectors).filter((alarm) => alarm.detector === detector.rule.id)
        expect(bytesOf(run([detector]))).toBe(bytesOf(beside))
      }),
      { numRuns: 7 },
    )
  })

  test('and the made-up traffic does alarm every detector', { timeout: 60_000 }, () => {
    const alarms: AlarmDraft[] = JSON.parse(alarmsByAnalyser([suspiciousTraffic(['office', ...STRETCHES, 'office'], 7)]))
    expect(new Set(alarms.map(({ detector }) => detector))).toEqual(new Set(detectors.map(({ rule }) => rule.id)))
  })
})

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

describe('the demonstration captures', () => {
  const FILES = ['dnscat2-enc.pcap.gz', 'slow-b32.pcap.gz', 'nslookup-sysmon.ndjson']

  async function readAll(names: readonly string[]): Promise<LogEvent[]> {
    const events: LogEvent[] = []
    for (const name of names) {
      const bytes = new Uint8Array(readFileSync(new URL(`../../demo/${name}`, import.meta.url)))
      for await (const batch of readLog(oneChunk(bytes), { nowMs: Date.UTC(2026, 11, 1) })) events.push(...batch.events)
    }
    return events.sort((a, b) => a.at - b.at || a.id - b.id)
  }

  test('cut anywhere, sent in any order, with a restart between the pieces, give the alarms of the whole', {
    timeout: 180_000,
  }, async () => {
    const events = await readAll(FILES)
    const whole = alarmsByAnalyser([events])
    expect(JSON.parse(whole).length).toBeGreaterThanOrEqual(FILES.length)
    await fc.assert(
      fc.asyncProperty(cuts, fc.integer({ min: 0, max: 23 }), async (at, order) => {
        const parts = pieces(events, at)
        const sent = await withBench(async (bench) => {
          for (const part of permuted(parts, order)) {
            bench.append(part)
            await bench.analyse(part)
          }
        })
        expect(ownFactsOf(sent)).toEqual(ownFactsOf(whole))
      }),
      { numRuns: 2, seed: 20_261_121, examples: [[[0.6594238683127572], 0]] },
    )
  })
})

/** One of the orders of the items, by number. */
function permuted<T>(items: readonly T[], number: number): T[] {
  const left = [...items]
  const chosen: T[] = []
  for (let rest = number; left.length > 0; rest = Math.floor(rest / (left.length + 1))) chosen.push(...left.splice(rest % left.length, 1))
  return chosen
}
