import { expect, test } from 'vitest'
import { type BenignFacts, emptyEvidence } from '@/lib/domain/evidence'
import { CLOSE_SHEET } from './decision-keys'
import { withSuggestion } from './suggested-family'

const benign: BenignFacts = { family: 'cdn', confidence: 'fair', evidence: [], entry: null, overridden: null }
const described = { evidence: { ...emptyEvidence, benign } }

test('choosing "benign positive" preselects the family that the facts speak for', () => {
  expect(
    withSuggestion({ ...CLOSE_SHEET, kind: 'close', reason: 'benign-positive', family: null, allowlist: false }, described),
  ).toMatchObject({ family: 'cdn' })
})

test.each([
  ['another reason', { kind: 'close', reason: 'false-positive', family: null, allowlist: false } as const, described, null],
  [
    'a family chosen already',
    { kind: 'close', reason: 'benign-positive', family: 'update-service', allowlist: false } as const,
    described,
    'update-service',
  ],
  ['an alarm without facts', { kind: 'close', reason: 'benign-positive', family: null, allowlist: false } as const, {}, null],
])('%s is left as it is', (_, sheet, alarm, family) => {
  expect(withSuggestion(sheet, alarm)).toMatchObject({ family })
})
