import { expect, test } from 'vitest'
import { type BenignInput, recogniseBenign } from './benign-family'

/** A tunnel: one host of many, each name once, unreadable, answered. */
const tunnel: BenignInput = {
  ...{ active: 40, asking: 1, lookups: 600, distinctNames: 600, namesPerSource: 600, sharedNames: null },
  ...{ addressShare: 0, failedShare: 0, unreadableShare: 1, fixedFormShare: 0 },
  timing: { verdict: 'regular', periodMs: 1_000, jitter: 0 },
  entry: null,
}

test.each<[string, Partial<BenignInput>]>([
  ['a tunnel of one host', {}],
  ['a tunnel over A records', { addressShare: 1 }],
  ['a tunnel on three hosts of four', { active: 4, asking: 3, sharedNames: 0, namesPerSource: 500 }],
  ['nothing but a beat', { addressShare: 0.5, distinctNames: 580 }],
])('%s is no harmless family', (_, change) => {
  expect(recogniseBenign({ ...tunnel, ...change })).toBeNull()
})

test.each<[string, Partial<BenignInput>, string]>([
  [
    'readable hosts that half the office asks',
    { asking: 20, namesPerSource: 4, distinctNames: 12, unreadableShare: 0.1, addressShare: 1 },
    'update-service',
  ],
  ['hashed hosts that several ask again', { asking: 6, namesPerSource: 12, distinctNames: 40, sharedNames: 0.6, addressShare: 1 }, 'cdn'],
  ['one host asking five names every minute', { distinctNames: 5, addressShare: 0.5, unreadableShare: 0.3 }, 'internal-monitoring'],
  [
    'generated hosts, a few each',
    { asking: 9, namesPerSource: 3, distinctNames: 400, sharedNames: 0.1, addressShare: 1 },
    'cloud-load-balancing',
  ],
  ['hashes that mostly do not exist', { fixedFormShare: 1, failedShare: 0.97 }, 'scripted-application'],
])('%s: recognised with its observations', (_, change, family) => {
  const opinion = recogniseBenign({ ...tunnel, timing: change.addressShare === 1 ? null : tunnel.timing, ...change })
  expect(opinion?.family).toBe(family)
  expect(opinion?.evidence.length).toBeGreaterThanOrEqual(2)
  for (const sentence of opinion?.evidence ?? []) expect(sentence).toMatch(/^[A-Z0-9].*\.$/)
})

test('a catalogue entry names its family even where behaviour says little', () => {
  const entry = { family: 'cdn', suffix: 'cloudfront.net', what: 'Amazon CloudFront distributions' } as const
  expect(recogniseBenign({ ...tunnel, entry })).toMatchObject({ family: 'cdn', confidence: 'fair' })
})
