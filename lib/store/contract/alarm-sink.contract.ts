import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { emptyEvidence } from '@/lib/domain/evidence'
import type { AlarmSink } from '@/lib/store/ports'

export const NOON = Date.UTC(2026, 10, 20, 12)
const HOUR = 3_600_000

/** A plain draft; tests name what matters to them. */
export function draft(part: Partial<AlarmDraft> & Pick<AlarmDraft, 'id'>): AlarmDraft {
  return {
    detector: 'dns_lookup_tunneling',
    zone: 'tunnel.example',
    source: '10.0.0.5',
    hostId: null,
    hostName: null,
    userName: null,
    severity: 'high',
    score: 80,
    ruleSeverity: 'low',
    ruleRisk: 21,
    openedAt: NOON,
    firstSeenAt: NOON - 60_000,
    lastSeenAt: NOON,
    queries: 100,
    distinctNames: 90,
    recurrences: 0,
    summary: '90 different names in 5 minutes',
    tool: null,
    techniques: [{ id: 'T1071.004', because: 'data in names' }],
    scoreTerms: [{ id: 'names', sentence: '90 names, threshold 30', value: 90, threshold: 30, points: 80 }],
    evidence: { ...emptyEvidence, notices: ['made up'] },
    demo: false,
    ...part,
  }
}

/** What every `AlarmSink` does. */
export function alarmSinkContract(open: () => { readonly sink: AlarmSink; readonly remove: () => void }): void {
  let sink: AlarmSink
  let remove: () => void
  beforeEach(() => {
    const opened = open()
    sink = opened.sink
    remove = opened.remove
  })
  afterEach(() => remove())

  const key = { detector: 'dns_lookup_tunneling', zone: 'tunnel.example', source: '10.0.0.5' }

  describe('upsert', () => {
    test('tells which alarms are new, once', () => {
      expect(sink.upsert([draft({ id: 'ALM-A' }), draft({ id: 'ALM-B' })], NOON)).toEqual(['ALM-A', 'ALM-B'])
      expect(sink.upsert([draft({ id: 'ALM-B', queries: 200 }), draft({ id: 'ALM-C' })], NOON)).toEqual(['ALM-C'])
      expect(sink.upsert([], NOON)).toEqual([])
    })
  })

  describe('findEpisode', () => {
    const around = (fromHours: number, toHours = fromHours) => ({ fromMs: NOON + fromHours * HOUR, toMs: NOON + toHours * HOUR + 1 })

    test('gives back what was written', () => {
      const written = draft({ id: 'ALM-A', tool: { name: 'iodine', confidence: 'high' }, hostName: 'WS-01', demo: true })
      sink.upsert([written], NOON)
      expect(sink.findEpisode(key, around(0), HOUR)).toEqual(written)
    })

    test('an alarm of the demo stays one when it is found again beside other logs', () => {
      sink.upsert([draft({ id: 'ALM-A', demo: true })], NOON)
      sink.upsert([draft({ id: 'ALM-A', demo: false, score: 99 })], NOON)
      expect(sink.findEpisode(key, around(0), HOUR)).toMatchObject({ demo: true, score: 99 })
    })

    test.each([
      ['an hour later', around(1), true],
      ['more than a day later', around(24.1), false],
      ['an hour before', around(-1), true],
      ['more than a day before', around(-25), false],
      ['over it', around(-30, 30), true],
    ] as const)('%s', (_, range, isFound) => {
      sink.upsert([draft({ id: 'ALM-A' })], NOON)
      expect(sink.findEpisode(key, range, 24 * HOUR) !== null).toBe(isFound)
    })

    test('only the same detector, zone and source, null like any other', () => {
      sink.upsert(
        [draft({ id: 'ALM-A', zone: null }), draft({ id: 'ALM-B', source: null }), draft({ id: 'ALM-C', detector: 'other' })],
        NOON,
      )
      expect(sink.findEpisode(key, around(0), HOUR)).toBeNull()
      expect(sink.findEpisode({ ...key, zone: null }, around(0), HOUR)?.id).toBe('ALM-A')
      expect(sink.findEpisode({ ...key, source: null }, around(0), HOUR)?.id).toBe('ALM-B')
    })

    test('the latest of several', () => {
      sink.upsert([draft({ id: 'ALM-A' }), draft({ id: 'ALM-B', lastSeenAt: NOON + HOUR })], NOON)
      expect(sink.findEpisode(key, around(2), 24 * HOUR)?.id).toBe('ALM-B')
    })
  })
}
