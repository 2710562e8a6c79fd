import { expect, test } from 'vitest'
import { ALPHABETS, type AlphabetName, below, madeTunnel, type Random, seeded } from '../made-traffic'
import { alarmsOf, T0 } from './fixtures/analysed'

const pick = <T>(random: Random, values: readonly T[]): T => values[below(random, values.length)] as T
const TYPES = [['A'], ['AAAA'], ['TXT'], ['CNAME'], ['MX'], ['NULL'], ['TXT', 'CNAME', 'MX']] as const

/** Sessions as tools make them: any alphabet, 16 to 180 characters a name, a fifth of a second to ten seconds apart. */
const session = (random: Random, seed: number, count: number) =>
  madeTunnel({
    seed,
    at: T0,
    zone: 'unknown-tool.com',
    count,
    everyMs: pick(random, [200, 1_000, 2_000, 5_000, 10_000]),
    alphabet: pick(random, Object.keys(ALPHABETS) as AlphabetName[]),
    chars: pick(random, [16, 24, 32, 48, 63, 110, 180]),
    longest: pick(random, [30, 57, 63]),
    types: pick(random, TYPES),
  })

test('of unknown tools with 20 to 59 names, 95 in 100 sessions are found, each by alarms on its own domain', () => {
  const random = seeded(42)
  const found = Array.from({ length: 100 }, (_, i) => alarmsOf(session(random, i, 20 + below(random, 40))))
  expect(found.filter((alarms) => alarms.length > 0).length).toBeGreaterThanOrEqual(95)
  expect(new Set(found.flat().map(({ zone }) => zone))).toEqual(new Set(['unknown-tool.com']))
})
