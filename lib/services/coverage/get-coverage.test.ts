import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CoverageResponse } from '@/lib/api/contracts/coverage'
import { detectors } from '@/lib/detectors'
import { draft, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { getCoverage } from './get-coverage'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

describe('coverage', () => {
  it('lists every technique a registered detector can claim, with its detectors', async () => {
    const coverage = await getCoverage(temporary.as('manager'))
    expect(CoverageResponse.parse(coverage)).toEqual(coverage)
    for (const { rule } of detectors) {
      for (const technique of rule.techniques) {
        const row = coverage.techniques.find((candidate) => candidate.id === technique)
        expect(row?.detectors).toContainEqual({ id: rule.id, title: rule.title, alarms: 0, open: 0, truePositive: 0 })
      }
    }
  })

  it('counts the alarms of each claim once, by outcome, and keeps those of a detector that is gone', async () => {
    const ctx = temporary.as('analyst')
    const claim = (because: string) => ({ id: 'T1572', because })
    temporary.stores.alarmSink.upsert(
      ['ALM-1', 'ALM-2', 'ALM-3', 'ALM-4'].map((id) =>
        draft({ id, zone: `${id.toLowerCase()}.example`, detector: 'retired', techniques: [claim('a'), claim('b')] }),
      ),
      NOON,
    )
    const close = { expectedVersion: 1, family: null, note: null, allowlist: null }
    await closeAlarm(ctx, { ...close, alarmId: 'ALM-1', reason: 'true-positive' })
    await closeAlarm(ctx, { ...close, alarmId: 'ALM-2', reason: 'false-positive' })
    const { techniques } = await getCoverage(ctx)
    const row = techniques.find((technique) => technique.id === 'T1572')
    expect(row?.detectors).toContainEqual({ id: 'retired', title: 'retired', alarms: 4, open: 2, truePositive: 1 })
  })
})
