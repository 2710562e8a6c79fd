import { describe, expect, test } from 'vitest'
import { safeReturnTo } from './return-to'

describe('safeReturnTo', () => {
  test.each([
    ['/alarms/ALM-1?status=open#evidence', '/alarms/ALM-1?status=open#evidence'],
    ['/', '/'],
    ['/sources', '/sources'],
  ])('keeps the path of this site %j', (value, expected) => {
    expect(safeReturnTo(value)).toBe(expected)
  })

  test.each([
    null,
    undefined,
    '',
    'alarms',
    '//evil.example/x',
    '/\\evil.example',
    '/\t/evil.example',
    '/..//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/sign-in?to=/sign-in',
    '/api/auth/sign-out',
  ])('falls back to the alarms for %j', (value) => {
    expect(safeReturnTo(value)).toBe('/alarms')
  })
})
