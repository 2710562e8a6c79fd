import { expect, test } from 'vitest'
import { emptyEvidence, evidenceSchema } from './evidence'

test('an alarm from before the facts still reads, with every fact absent', () => {
  const { metrics, samples, minutes, byType, byRcode, sources, bytesUp, processTree, processStarts, buckets, notices } = emptyEvidence
  const old = { metrics, samples, minutes, byType, byRcode, sources, bytesUp, processTree, processStarts, buckets, notices }
  expect(evidenceSchema.parse(old)).toEqual(emptyEvidence)
})

test('evidence survives being stored as JSON', () => {
  const evidence = {
    ...emptyEvidence,
    bytesDown: { low: 10, high: 40 },
    timing: {
      verdict: 'regular',
      gaps: 12,
      periodMs: 1_000,
      jitter: 0,
      share: 1,
      histogram: [{ fromMs: 900, toMs: 1_100, count: 12 }],
      sentence: 'Regular.',
    },
    suppression: 'benign catalogue: look-ups',
  }
  expect(evidenceSchema.parse(JSON.parse(JSON.stringify(evidence)))).toEqual(evidence)
})
