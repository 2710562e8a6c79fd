import { describe, expect, test } from 'vitest'
import { epochTime, epochTimeFromText, isoTime, plausible, yearlessTime } from './timestamps'

const NOW = Date.UTC(2026, 10, 22)

describe('epoch times', () => {
  test.each([
    ['1379288667.696869', 1379288667696],
    ['1379288667.999999', 1379288667999],
    ['1379288667', 1379288667000],
    ['1379288667.5', 1379288667500],
    ['1379288667696', 1379288667696],
    ['1379288667696869', 1379288667696],
    ['1379288667696869000', 1379288667696],
  ])('%s', (text, at) => {
    expect(epochTimeFromText(text)).toEqual({ at, quality: 'exact' })
    expect(epochTime(Number(text))).toEqual({ at, quality: 'exact' })
  })

  test.each([
    ['XXXXXXXXXX.XXXXXX', 'bad-timestamp'],
    ['1e9', 'bad-timestamp'],
    ['', 'no-timestamp'],
    ['-', 'no-timestamp'],
    ['-5', 'implausible-time'],
    ['629503200.0', 'implausible-time'],
    ['99999999999', 'unknown-time-unit'],
  ])('%s is %s', (text, reason) => {
    expect(epochTimeFromText(text)).toBe(reason)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is no time', (value) => {
    expect(epochTime(value)).toBe('bad-timestamp')
  })
})

describe('ISO 8601', () => {
  const AT = Date.UTC(2022, 4, 13, 8, 54, 8)
  test.each([
    ['2022-05-13T08:54:08Z', AT, 'second'],
    ['2022-05-13T08:54:08.4200000Z', AT + 420, 'exact'],
    ['2022-05-13T08:54:08.9Z', AT + 900, 'exact'],
    ['2022-05-13T08:54:08.123456789Z', AT + 123, 'exact'],
    ['2022-05-13T10:54:08.000+0200', AT, 'exact'],
    ['2022-05-13T10:54:08.000+02:00', AT, 'exact'],
    ['2022-05-13T03:24:08,5-05:30', AT + 500, 'exact'],
    ['2022-05-13 08:54:08.001', AT + 1, 'assumed-zone'],
  ])('%s', (text, at, quality) => {
    expect(isoTime(text)).toEqual({ at, quality })
  })

  test('a source known to write UTC needs no zone', () => {
    expect(isoTime('2022-05-13 08:54:08.001', 'utc')).toEqual({ at: AT + 1, quality: 'exact' })
  })

  test.each([
    '2022-02-30T00:00:00Z',
    '2022-13-01T00:00:00Z',
    '2022-05-13T24:00:00Z',
    '2022-05-13',
    'yesterday',
    `2022-05-13T08:54:08.${'1'.repeat(99)}Z`,
  ])('%s is no time', (text) => {
    expect(isoTime(text)).toBe('bad-timestamp')
  })
})

describe('plausible times', () => {
  const two = 2 * 86_400_000
  test.each([
    [Date.UTC(1990, 0, 1), true],
    [Date.UTC(1990, 0, 1) - 1, false],
    [NOW + two, true],
    [NOW + two + 1, false],
  ])('%i', (at, is) => {
    expect(plausible({ at, quality: 'exact' }, NOW)).toEqual(is ? { at, quality: 'exact' } : 'implausible-time')
  })
})

describe('dates without a year', () => {
  test.each([
    ['Nov', '22', 2026],
    ['Nov', '23', 2026],
    ['Nov', '24', 2025],
    ['Dec', '31', 2025],
    ['Jan', '1', 2026],
    ['Feb', '29', 2024],
  ])('%s %s is in %i', (month, day, year) => {
    const read = yearlessTime(month, day, '00:00:00', NOW)
    expect(typeof read === 'string' ? read : new Date(read.at).getUTCFullYear()).toBe(year)
  })

  test('the new year, seen from the last day of the old', () => {
    expect(yearlessTime('Jan', '1', '00:00:00', Date.UTC(2026, 11, 31, 12))).toEqual({ at: Date.UTC(2027, 0, 1), quality: 'no-year' })
  })
})
