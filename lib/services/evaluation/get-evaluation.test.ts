import { describe, expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import { getEvaluation } from './get-evaluation'

const ctx = { actor: { userId: 'u', name: 'Kim', role: 'manager' } } as const

describe('the evaluation', () => {
  test('measures the detectors of this version, in every group that was run', async () => {
    const { evaluation } = await getEvaluation(ctx)
    const parts = evaluation.groups.map(({ ablation }) => ablation.map(({ part }) => part).filter((part) => part !== 'catalogue'))
    expect(parts.length).toBeGreaterThan(0)
    for (const measured of parts) expect(measured).toEqual(detectors.map(({ rule }) => rule.id))
  })

  test('doubts thresholds that there are', async () => {
    const { doubtful } = await getEvaluation(ctx)
    expect(doubtful.length).toBeGreaterThanOrEqual(3)
    expect(doubtful.filter(({ value }) => value === null)).toEqual([])
  })

  test('holds no name from a capture but those of the made-up week', async () => {
    const { evaluation } = await getEvaluation(ctx)
    const keys = evaluation.groups.flatMap(({ falseAlarms }) => falseAlarms.flatMap((row) => Object.keys(row)))
    expect(new Set(keys)).not.toContain('zone')
  })
})
