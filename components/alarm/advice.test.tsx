import { describe, expect, test } from 'vitest'
import type { Alarm } from '@/lib/domain/alarm'
import { eventsOf } from '@/lib/domain/alarm-events'
import type { BenignFacts, Evidence } from '@/lib/domain/evidence'
import { adviceOf } from './advice'
import { testAlarm } from './testing-alarm'

const withEvidence = (fields: Partial<Evidence>, others: Partial<Alarm> = {}) =>
  testAlarm({ ...others, evidence: { ...testAlarm().evidence, ...fields } })
const cdn: BenignFacts = { family: 'cdn', confidence: 'strong', evidence: ['40 hosts ask for it.'], entry: null, overridden: null }
const tool = { name: 'iodine', confidence: 'certain' } as const
const minute = { at: 0, queries: 7, distinctNames: 1, entropyBits: 1, length: 1, byType: {} }
const start = { at: 1, eventId: 1, commandLine: null, args: [], queryType: null, target: null, server: null, parentName: null, user: null }

describe('what to do', () => {
  test.each([
    ['a proven tool, whatever else speaks for a harmless service', withEvidence({ benign: cdn }, { tool }), /^Escalate, unless a test/],
    [
      'a tool that is only likely decides nothing',
      testAlarm({ tool: { name: 'x', confidence: 'low' } }),
      /^Find the program on 10\.0\.0\.5/,
    ],
    ['a resolver hides who asks', withEvidence({ resolver: 'It asks for everything.', benign: cdn }), /^Find the client/],
    ['a harmless service, with what speaks for it', withEvidence({ benign: cdn }), /^Check whether this is a CDN, then close it/],
    ['a weak hint is no explanation', withEvidence({ benign: { ...cdn, confidence: 'weak' } }), /^Find the program/],
    ['an explanation that something overrides', withEvidence({ benign: { ...cdn, overridden: 'A tool.' } }), /^Find the program/],
    ['process starts', withEvidence({ processStarts: [start] }), /^Find out who started it/],
    ['many hosts alike', withEvidence({ spread: { hosts: [], total: 5, active: 9, sentence: '' } }, { severity: 'low' }), /hosts share/],
    ['nothing known', testAlarm({ severity: 'low' }), /^Read the names/],
    ['an escalated alarm', testAlarm({ status: 'escalated', tool }), /^Work through the response/],
    ['a closed alarm', testAlarm({ status: 'closed', tool }), /^Nothing\. Reopen/],
    ['a hidden alarm', testAlarm({ status: 'suppressed' }), /^Nothing, unless/],
  ])('%s', (_what, alarm, act) => {
    const advice = adviceOf(alarm)
    expect(advice.act).toMatch(act)
    expect(advice.because).not.toBe('')
  })
})

test('what speaks against an alarm is named where nothing explains it', () => {
  const terms = [
    { id: 'volume', sentence: 'For it.', value: 1, threshold: null, points: 20 },
    { id: 'catalogue', sentence: 'Most names lie under a known service.', value: 1, threshold: null, points: -15 },
  ]
  expect(adviceOf(testAlarm({ severity: 'low', scoreTerms: terms })).because).toBe('Most names lie under a known service.')
})

describe('the stored events of an alarm', () => {
  test('are the lookups of its zone by its source in its time, end included', () => {
    expect(eventsOf(withEvidence({ minutes: [minute] }, { queries: 7 }))).toEqual({
      link: { where: { zone: 'tunnel.example', source: '10.0.0.5' }, from: 1_700_000_000_000, to: 1_700_000_600_001, kind: 'lookups' },
      count: 7,
      noun: 'lookup',
    })
  })

  test('are counted by its minutes where its detector counts less', () => {
    expect(eventsOf(withEvidence({ minutes: [minute, { ...minute, at: 60_000 }] }, { queries: 7 })).count).toBe(14)
  })

  test('are the process starts of its host, or none when nothing names it', () => {
    expect(eventsOf(withEvidence({ processStarts: [start] }, { hostId: 'h-1' })).link).toMatchObject({
      where: { host: 'h-1' },
      kind: 'processes',
    })
    expect(eventsOf(withEvidence({ processStarts: [start] }, { source: null })).link).toBeNull()
    expect(eventsOf(testAlarm({ zone: null, source: null })).link).toBeNull()
  })
})
