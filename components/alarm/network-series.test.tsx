import { describe, expect, test } from 'vitest'
import type { EvidenceMinute, NameSample } from '@/lib/domain/evidence'
import { type BaselinePiece, emptyValues } from '@/lib/domain/network-baseline'
import { againstNetwork, networkOf, ownSeries, thresholdOf, usualAt } from './network-series'
import { MEASURES, sentenceOf } from './network-words'
import { testAlarm } from './testing-alarm'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 10, 21, 12)
const lengths = (from: number, count: number) => Array.from({ length: count }, (_, index) => [from + index, 1] as const)
const piece = (fields: Partial<BaselinePiece>): BaselinePiece => ({
  range: { from: NOON, to: NOON + 2 * HOUR },
  stepMs: HOUR,
  bands: [],
  lookups: 100,
  minutesRead: 60,
  minutesOf: 120,
  minutesPlanned: 120,
  nextCursor: null,
  ...fields,
})
const band = (at: number, from: number, count: number) => ({ at, values: { ...emptyValues(), length: lengths(from, count) } })
const lengthWords = MEASURES.find(({ measure }) => measure === 'length')

describe('the network behind an alarm', () => {
  test('is nothing before its first piece', () => {
    expect(networkOf([])).toBeNull()
  })

  test('adds pieces up; the last one says how far the reading came', () => {
    const network = networkOf([
      piece({ bands: [band(NOON, 1, 50)], nextCursor: '60.100' }),
      piece({ bands: [band(NOON, 51, 50), band(NOON + HOUR, 1, 10)], minutesRead: 120 }),
    ])
    if (network === null) throw new Error('no network')
    expect(network).toMatchObject({ lookups: 200, minutesRead: 120 })
    expect(usualAt(network, 'length', NOON + 5)).toEqual({ low: 5, middle: 50, high: 95 })
    // The second hour knows ten values only, so that all hours speak for it.
    expect(usualAt(network, 'length', NOON + HOUR)).toMatchObject({ low: expect.any(Number), high: 95 })
    expect(usualAt(network, 'entropyBits', NOON)).toBeNull()
    expect(againstNetwork(network, 'length', 300)).toMatchObject({ below: 1, minutes: 110, usual: { high: 95 } })
  })

  test.each([
    [piece({ bands: [band(NOON, 1, 100)] }), 120, 'Names are 120 bytes long; 95 % of other domains here stay at or under 95.'],
    [
      piece({ bands: [band(NOON, 1, 100)] }),
      50,
      'Names are 50 bytes long, more than 49 % of other domains here; 95 % stay at or under 95.',
    ],
    [
      piece({ bands: [band(NOON, 1, 9)] }),
      50,
      'Names are 50 bytes long. Too few others to compare with: 9 minutes of other domains, 40 are needed.',
    ],
    [piece({}), 50, 'Names are 50 bytes long. No lookups of other domains are stored for these hours.'],
    [piece({}), null, 'The alarm keeps nothing to measure this by.'],
  ])('is said in one sentence', (only, own, sentence) => {
    if (lengthWords === undefined) throw new Error('no words')
    expect(sentenceOf(lengthWords, againstNetwork(networkOf([only]), 'length', own), false)).toBe(sentence)
  })
})

describe('an alarm in the measures of the network', () => {
  const minute = (at: number, fields: Partial<EvidenceMinute>): EvidenceMinute => ({
    ...{ at, queries: 10, distinctNames: 5, entropyBits: 4, length: 40, byType: { TXT: 10 } },
    ...fields,
  })
  const sample = (firstAt: number, readabilityBits: number | null): NameSample => ({
    ...{ name: 'x.t.example', qtype: 'TXT', rcode: null, firstAt, length: 1, entropyBits: 1, unreadable: true },
    readabilityBits,
  })

  test('is a mean over names, or over active minutes', () => {
    const own = ownSeries({
      minutes: [minute(NOON, {}), minute(NOON + 60_000, { queries: 30, distinctNames: 15, entropyBits: 2, length: 20, byType: { A: 30 } })],
      samples: [sample(NOON + 1, 6), sample(NOON + 2, 8), sample(NOON + 3, null)],
    })
    expect(own.whole).toEqual({ readabilityBits: 7, entropyBits: 2.5, length: 25, otherTypes: 0.25, names: 10, queries: 20 })
    const [first, second] = own.buckets
    expect(first && own.of.readabilityBits(first)).toBe(7)
    expect(second && own.of.readabilityBits(second)).toBeNull()
    expect(second && own.of.queries(second)).toBe(30)
  })

  test('has the threshold of its detector in its own unit, or none', () => {
    const metric = (id: string, label: string, unit: string, threshold: number | null) => ({ id, label, value: 1, unit, threshold })
    const alarm = testAlarm({
      evidence: {
        ...testAlarm().evidence,
        metrics: [
          metric('fast-queries', 'Lookups in 5 minutes', '', null),
          metric('fast-unreadable', 'Distinct unreadable names in 5 minutes', '', 30),
          metric('fast-readability', 'Readability of the unreadable names', 'bits/char', 5),
        ],
      },
    })
    expect(thresholdOf(alarm, 'names')).toEqual({ value: 6, words: '30 in 5 min' })
    expect(thresholdOf(alarm, 'readabilityBits')).toEqual({ value: 5, words: '5' })
    expect(thresholdOf(alarm, 'entropyBits')).toBeNull()
    expect(thresholdOf(testAlarm(), 'length')).toBeNull()
  })
})
