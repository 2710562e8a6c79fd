import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IntakeLog } from '@/lib/store/ports'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { AnalysisHeads } from './analysis-heads'
import { PlaceKeeper } from './analysis-places'

const MINUTE = 60_000
const T0 = Date.UTC(2026, 10, 20)

let dir: string
let log: IntakeLog & { close(): void }
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-places-'))
  log = createSqliteIntakeLog(openIntakeDatabase(dir, { throwAway: true }))
})
afterEach(() => {
  log.close()
  rmSync(dir, { recursive: true, force: true })
})

function keeper({ names = 100, fromMs = T0, toMs = T0 + 60 * MINUTE }: { names?: number; fromMs?: number; toMs?: number } = {}) {
  const heads = new AnalysisHeads(log)
  heads.clear()
  let taken = 0
  const analyser = { namesHeld: () => names, snapshot: () => ({ taken: ++taken }) }
  const places = new PlaceKeeper({ analyser, heads, now: () => toMs, range: { fromMs, toMs }, reading: heads.begin() })
  /** Observes `count` events a second apart, keeping a place wherever one is due. @returns instants of the places. */
  const observe = (count: number, firstAt: number): number[] => {
    const kept: number[] = []
    for (let i = 0; i < count; i++) {
      const at = firstAt + i * 1_000
      if (places.isDueBefore(at)) {
        places.keep()
        kept.push(heads.newestAt() ?? 0)
      }
      places.observed(at)
    }
    return kept
  }
  return { heads, places, observe }
}

test('a place is kept right before the new events, once there is something to save', () => {
  expect(keeper().observe(700, T0 - 600_000)).toEqual([T0 - 1_000])
  expect(keeper().observe(300, T0 - 100_000)).toEqual([])
})

test('no place is kept before a second event of the same instant: the place would have missed it', () => {
  const { places, observe } = keeper({ fromMs: T0 + 1 })
  observe(600, T0 - 599_000)
  expect([places.isDueBefore(T0), places.isDueBefore(T0 + 1)]).toEqual([false, true])
})

test('a long analysis leaves places on its way, seldom enough for what a place costs', () => {
  expect(keeper({ names: 5_000 }).observe(80_001, T0).length).toBe(4)
  expect(keeper({ names: 20_000 }).observe(80_001, T0).length).toBe(1)
})

test('a state too large to be held several times is kept at the end alone, one too large to be kept not at all', () => {
  const large = keeper({ names: 200_000 })
  expect(large.observe(2_000, T0 - 1_000_000)).toEqual([])
  large.places.keepLast()
  expect(large.heads.newestAt()).toBe(T0 + 999_000)
  const huge = keeper({ names: 600_000 })
  huge.observe(10, T0)
  huge.places.keepLast()
  expect(huge.heads.newestAt()).toBeNull()
})

test('logs of the same minutes that come one after another each find a place right before them', () => {
  const heads = new AnalysisHeads(log)
  for (let turn = 0; turn < 20; turn++) {
    const fromMs = T0 + turn * 10_000
    heads.dropFrom(fromMs)
    const before = heads.before(fromMs)?.at ?? 0
    if (turn > 0) expect(fromMs - before).toBeLessThanOrEqual(11_000)
    for (const at of [fromMs - 1, fromMs + 90_000]) heads.add(at, () => ({ at }), fromMs + 90_000)
  }
})
