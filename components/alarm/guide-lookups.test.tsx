import { describe, expect, test } from 'vitest'
import type { RelatedAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { AlarmRow, CloseReason } from '@/lib/domain/alarm'
import { outcomesSentence, relatedSentence, startsOf } from './guide-lookups'
import { testRow } from './testing-alarm'

type Related = RelatedAlarmsResponse['rows'][number]

const related = (...because: Related['because']): Related => ({ alarm: testRow(), because })
const closed = (reason: CloseReason): AlarmRow =>
  testRow({ status: 'closed', decision: { reason, family: null, note: null, byUserId: 'u', byName: 'Ana', at: 5 } })

describe('other alarms', () => {
  test.each([
    [[], 'No other alarm of this zone, source, host or user within 48 hours.'],
    [[related('same-zone')], '1 other alarm within 48 hours: 1 of the same zone.'],
    [
      [related('same-zone', 'same-source'), related('same-source'), related('same-user')],
      '3 other alarms within 48 hours: 1 of the same zone, 2 of the same source, 1 of the same user.',
    ],
  ])('%#: %s', (rows, sentence) => {
    expect(relatedSentence(rows)).toBe(sentence)
  })
})

describe('what people made of alarms', () => {
  test('is counted by outcome; open ones say nothing', () => {
    expect(outcomesSentence([testRow()])).toBeNull()
    expect(
      outcomesSentence([closed('authorised-test'), closed('authorised-test'), closed('false-positive'), testRow({ status: 'escalated' })]),
    ).toBe('Decided by people: Authorised test 2, False positive 1, Escalated 1.')
  })
})

describe('process starts around an alarm', () => {
  const start = (at: number) => ({ at, name: `p${at}`, commandLine: null })
  test('are told apart by whether they came before it, with the last of those', () => {
    expect(startsOf([start(3), start(9), start(5)], 5)).toEqual({ count: 3, before: 2, last: start(5) })
    expect(startsOf([start(9)], 5)).toEqual({ count: 1, before: 0, last: null })
  })
})
