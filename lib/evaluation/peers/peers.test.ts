import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { readLog } from '@/lib/formats/read-log'
import { parseLabels } from '../labels'
import { type EvaluationLookup, evaluationLookup } from '../lookup'
import { judge } from '../truth'
import { peers } from '.'
import { slidingDistinct } from './peer'

const demo = new URL('../../../demo/', import.meta.url)
const { scenarios } = parseLabels(readFileSync(new URL('labels.json', demo), 'utf8'))

/**
 * First alarm in ms after the tunnel's first lookup (null: missed) and number of false alarms, in the demonstration
 * captures: computed by another implementation of the same published rules, on its own reader of captures.
 */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, readonly [number | null, number]>>>> = {
  rita: { iodine: [12_135, 0], 'dns2tcp-txt': [1_317, 0], 'dnscat2-enc': [31_237, 0], 'slow-b32': [null, 1], 'benign-office': [null, 2] },
  'anomalous-dns': {
    iodine: [228, 22],
    'dns2tcp-txt': [94, 20],
    'dnscat2-enc': [0, 22],
    'slow-b32': [384_268, 31],
    'benign-office': [null, 34],
  },
  'label-entropy': {
    iodine: [9_411, 5],
    'dns2tcp-txt': [1_001, 4],
    'dnscat2-enc': [13_462, 7],
    'slow-b32': [422_583, 4],
    'benign-office': [null, 7],
  },
  'population-score': {
    iodine: [375_615, 0],
    'dns2tcp-txt': [858_553, 0],
    'dnscat2-enc': [675_220, 1],
    'slow-b32': [null, 3],
    'benign-office': [null, 2],
  },
  sigma: { iodine: [14_804, 0], 'dns2tcp-txt': [1_683, 0], 'dnscat2-enc': [null, 0], 'slow-b32': [null, 0], 'benign-office': [null, 0] },
  'query-length': {
    iodine: [413, 0],
    'dns2tcp-txt': [94, 0],
    'dnscat2-enc': [27_192, 0],
    'slow-b32': [0, 12],
    'benign-office': [null, 7],
  },
  'plain-count': {
    iodine: [12_135, 0],
    'dns2tcp-txt': [1_317, 0],
    'dnscat2-enc': [31_237, 0],
    'slow-b32': [null, 0],
    'benign-office': [null, 0],
  },
}
/** The two readers round instants of microseconds differently. */
const ROUNDING_MS = 3

const lookups = new Map<string, EvaluationLookup[]>()

async function* bytesOf(name: string): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(readFileSync(new URL(name, demo)))
}

beforeAll(async () => {
  for (const { id, files } of scenarios) {
    const read: EvaluationLookup[] = []
    for await (const batch of readLog(bytesOf(files[0] ?? ''), { nowMs: Date.UTC(2026, 11, 1) }))
      for (const event of batch.events) {
        const lookup = event.kind === 'dns' ? evaluationLookup(event) : null
        if (lookup !== null) read.push(lookup)
      }
    lookups.set(
      id,
      read.sort((a, b) => a.at - b.at),
    )
  }
})

describe.each(peers.map((peer) => [peer.id, peer] as const))('%s', (id, peer) => {
  test.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('agrees with another implementation on %s', (name, scenario) => {
    const own = lookups.get(name) ?? []
    const { tunnels, falseAlarms } = judge(scenario, peer.run(own), own)
    const [delay, falses] = EXPECTED[id]?.[name] ?? []
    expect(falseAlarms).toHaveLength(falses ?? Number.NaN)
    const measured = tunnels[0]?.delayMs ?? null
    if (delay === null || delay === undefined) expect(measured).toBeNull()
    else expect(Math.abs((measured ?? Number.NaN) - delay)).toBeLessThanOrEqual(ROUNDING_MS)
  })

  test('says nothing about no lookups', () => {
    expect(peer.run([])).toEqual([])
  })
})

test('a sliding window forgets names older than its span', () => {
  const asked = (at: number, name: string): EvaluationLookup => ({ at, name, source: 'a', qtype: 'A', domain: 'b.com' })
  const rule = { spanMs: 100, most: 2, keyOf: () => 'key' }
  expect(slidingDistinct([asked(0, 'x'), asked(50, 'y'), asked(101, 'z')], rule)).toEqual([])
  expect(slidingDistinct([asked(0, 'x'), asked(50, 'y'), asked(100, 'z')], rule).map(({ at }) => at)).toEqual([100])
  expect(slidingDistinct([asked(0, 'x'), asked(90, 'x'), asked(120, 'y'), asked(130, 'z')], rule).map(({ at }) => at)).toEqual([130])
})
