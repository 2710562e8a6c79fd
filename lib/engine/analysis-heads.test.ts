import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { IntakeLog } from '@/lib/store/ports'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { AnalysisHeads } from './analysis-heads'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const T0 = Date.UTC(2026, 10, 20)

let dir: string
let log: IntakeLog & { close(): void }
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-heads-'))
  log = createSqliteIntakeLog(openIntakeDatabase(dir))
})
afterEach(() => {
  log.close()
  rmSync(dir, { recursive: true, force: true })
})

const add = (heads: AnalysisHeads, at: number): void => heads.add(at, () => ({ seenTo: at }), at)

test('places kept every five minutes for three days leave a recent one, one of the last hour, of some hours and of a day', () => {
  const heads = new AnalysisHeads(log)
  const end = T0 + 72 * HOUR
  for (let at = T0; at <= end; at += 5 * MINUTE) add(heads, at)
  const ageBefore = (ms: number): number => end - (heads.before(end - ms)?.at ?? Number.NEGATIVE_INFINITY)
  expect(ageBefore(-1)).toBe(0)
  expect(ageBefore(6 * MINUTE)).toBeLessThanOrEqual(30 * MINUTE)
  expect(ageBefore(30 * MINUTE)).toBeLessThanOrEqual(4 * HOUR)
  expect(ageBefore(4 * HOUR)).toBeLessThanOrEqual(48 * HOUR)
})

test('places outlive the process with what they hold', () => {
  const heads = new AnalysisHeads(log)
  for (const at of [T0, T0 + 20 * MINUTE, T0 + 40 * MINUTE]) add(heads, at)
  heads.save()
  const next = new AnalysisHeads(log)
  expect(next.before(T0 + 40 * MINUTE)).toEqual({ at: T0 + 20 * MINUTE, snapshot: { seenTo: T0 + 20 * MINUTE } })
  expect(next.newestAt()).toBe(T0 + 40 * MINUTE)
})

test('an event stored behind a place makes it void, also when the same instant is kept again', () => {
  const heads = new AnalysisHeads(log)
  heads.add(T0, () => 'without', T0)
  heads.save()
  heads.dropFrom(T0 - 1)
  expect(heads.before(T0 + 1)).toBeNull()
  heads.add(T0, () => 'with', T0)
  heads.save()
  expect(new AnalysisHeads(log).before(T0 + 1)?.snapshot).toBe('with')
})

test('an analysis during which something was stored behind its place leaves none', () => {
  const heads = new AnalysisHeads(log)
  const reading = heads.begin()
  heads.dropFrom(T0)
  heads.add(T0 + 5, () => 'half seen', T0 + 5, reading)
  expect(heads.newestAt()).toBeNull()
  heads.add(T0 - 1, () => 'whole', T0 + 5, reading)
  expect(heads.newestAt()).toBe(T0 - 1)
})

test('a slot that was written before the process was killed is not taken for another place', () => {
  const heads = new AnalysisHeads(log)
  add(heads, T0)
  heads.save()
  log.saveCheckpoint('analysis-place:0', { at: T0 + MINUTE, json: '"newer"' })
  expect(new AnalysisHeads(log).before(T0 + HOUR)).toBeNull()
})

test('places that a program of another make left are not continued', () => {
  log.saveCheckpoint('analysis-places', [{ at: T0, slot: 0 }])
  log.saveCheckpoint('analysis-place:0', { at: T0, snapshot: { tallies: 'of another make' } })
  const heads = new AnalysisHeads(log)
  expect([heads.newestAt(), heads.before(T0 + HOUR)]).toEqual([null, null])
})
