import { describe, expect, test } from 'vitest'
import { TestView } from '../testing/replay'
import { DayMemory, keyOf } from './day-memory'

const MINUTE = 60_000
const T0 = Date.UTC(2026, 0, 10, 9, 0, 0)
const LIMITS = { pairs: 10, names: 40, zones: 20 }
const label = (i: number) => `x${Math.imul(i + 1, 0x9e3779b1) >>> 0}q${Math.imul(i + 7, 0x85ebca6b) >>> 0}z`

/** Feeds minutes as the detector does: each pair's closed minute once. */
function fed(lookups: readonly { at: number; source: string; qname: string }[], limits = LIMITS): DayMemory {
  const memory = new DayMemory(() => 2, undefined, limits)
  const view = new TestView()
  for (const { at, source, qname } of lookups) {
    const zone = view.observe({ at, source, qname })
    const minute = at - (at % MINUTE)
    view.nowMs = minute + MINUTE
    for (const tally of zone === null ? [] : view.minutes(source, zone, MINUTE)) if (tally.fromMs === minute) memory.add(tally, view)
    memory.sweep(view.nowMs)
  }
  return memory
}

describe('memory', () => {
  test('keeps to its limits and lets the pairs with fewest names go', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ at: T0 + i * MINUTE, source: 'a', qname: `${label(i)}.first-zone.com` }))
    const flood = Array.from({ length: 200 }, (_, i) => ({
      at: T0 + (12 + i) * MINUTE,
      source: 'b',
      qname: `${label(i)}.zone-number-${i}.com`,
    }))
    const memory = fed([...many, ...flood])
    expect(memory.size.pairs).toBeLessThanOrEqual(LIMITS.pairs)
    expect(memory.size.names).toBeLessThanOrEqual(LIMITS.names)
    expect(memory.size.zones).toBeLessThanOrEqual(LIMITS.zones)
  })

  test('a pair with many names outlives a flood of pairs with one', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ at: T0 + i * MINUTE, source: 'a', qname: `${label(i)}.first-zone.com` }))
    const flood = Array.from({ length: 60 }, (_, i) => ({
      at: T0 + (12 + i) * MINUTE,
      source: 'b',
      qname: `${label(i)}.zone-number-${i}.com`,
    }))
    const memory = fed([...many, ...flood], { ...LIMITS, zones: 1_000 })
    expect(memory.pair({ source: 'a', zone: 'first-zone.com' })?.unreadable.distinct).toBe(12)
  })

  test('names and pairs are let go after a day', () => {
    const old = { at: T0, source: 'a', qname: `${label(1)}.first-zone.com` }
    const later = { at: T0 + 25 * 60 * MINUTE, source: 'a', qname: `${label(2)}.second-zone.com` }
    const memory = fed([old, later])
    expect([...memory.pairsOf('a')].map(keyOf)).toEqual(['second-zone.com a'])
    expect(memory.size).toEqual({ pairs: 1, names: 1, zones: 1 })
  })

  test('readable zones take no room, and a zone that a third source asks is forgotten', () => {
    expect(fed([{ at: T0, source: 'a', qname: 'www.example.com' }]).size).toEqual({ pairs: 0, names: 0, zones: 0 })
    const asked = ['a', 'b', 'c'].map((source, i) => ({ at: T0 + i * MINUTE, source, qname: `${label(i)}.shared-zone.com` }))
    expect(fed(asked.slice(0, 2)).size.pairs).toBe(2)
    expect(fed(asked).size.pairs).toBe(0)
  })
})
