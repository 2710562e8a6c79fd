import { describe, expect, test } from 'vitest'
import { formatBytes, formatCompact, formatDuration, plural } from './format'
import { formatInstant, formatRelative, isTimeZone } from './time-format'

// 2026-11-21T14:03:22.007Z
const AT = Date.UTC(2026, 10, 21, 14, 3, 22, 7)

describe('an instant', () => {
  test.each([
    ['UTC', 'second', '21 Nov 2026 14:03:22Z'],
    ['UTC', 'ms', '21 Nov 2026 14:03:22.007Z'],
    ['UTC', 'day', '21 Nov 2026'],
    ['Asia/Kolkata', 'minute', '21 Nov 2026 19:33'],
    ['America/Los_Angeles', 'second', '21 Nov 2026 06:03:22'],
  ] as const)('in %s to the %s is %s', (zone, precision, text) => {
    expect(formatInstant(AT, zone, precision)).toBe(text)
  })

  test('at midnight is hour 00, not 24', () => {
    expect(formatInstant(Date.UTC(2026, 0, 1), 'UTC', 'minute')).toBe('1 Jan 2026 00:00Z')
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e17])('that no date holds (%s) is said so', (at) => {
    expect(formatInstant(at, 'UTC')).toBe('invalid time')
  })

  test.each([
    [AT - 20_000, 'just now'],
    [AT - 4 * 60_000, '4 min ago'],
    [AT - 3 * 3_600_000, '3 h ago'],
    [AT - 50 * 3_600_000, '2 d ago'],
    [AT + 5 * 86_400_000, 'in 5 d'],
    [AT - 31 * 86_400_000, null],
  ])('%d, seen now, is %s', (at, text) => {
    expect(formatRelative(at, AT)).toBe(text)
  })

  test('a zone that does not exist is refused, not thrown', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true)
    expect(isTimeZone('Mars/Olympus')).toBe(false)
  })
})

test.each([
  [0, '0 ms'],
  [45_000, '45 s'],
  [12 * 60_000, '12 min'],
  [190 * 60_000, '3 h 10 min'],
  [98 * 3_600_000, '4 d 2 h'],
])('%d ms last %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [999, '999 B'],
  [1_536, '1.5 kB'],
  [123_456_789, '123 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [1_740, '1,740'],
  [12_345, '12.3k'],
  [2_500_000, '2.5M'],
])('%d is shown as %s', (count, text) => {
  expect(formatCompact(count)).toBe(text)
})

test('one is singular', () => {
  expect([plural(1, 'alarm'), plural(2, 'alarm'), plural(1, 'entry', 'entries'), plural(0, 'entry', 'entries')]).toEqual([
    '1 alarm',
    '2 alarms',
    '1 entry',
    '0 entries',
  ])
})
