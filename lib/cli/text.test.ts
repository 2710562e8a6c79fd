import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCell, csvLine } from '@/lib/domain/csv'
import { parseArguments } from './arguments'
import { terminalSafe, textTable } from './terminal-text'

describe('csv', () => {
  test.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['+cmd|calc', "'+cmd|calc"],
    ['-2', "'-2"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['\n=1', '"\'\n=1"'],
    ['＝1+1', "'＝1+1"],
    [-2, '-2'],
    [null, ''],
  ])('%j is written %j', (value, expected) => {
    expect(csvCell(value)).toBe(expected)
  })

  test('a line ends with CRLF (RFC 4180)', () => {
    expect(csvLine(['a', 1, null])).toBe('a,1,\r\n')
  })
})

describe('terminalSafe', () => {
  test.each([
    ['\u001b[31mred', '\\u001b[31mred'],
    ['a\r\nb', 'a\\u000d\\u000ab'],
    ['\u202egpj.exe', '\\u202egpj.exe'],
    ['\u009b2J', '\\u009b2J'],
    ['münchen.example', 'münchen.example'],
  ])('%j', (text, expected) => {
    expect(terminalSafe(text)).toBe(expected)
  })

  test('no text gets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const char of terminalSafe(text)) expect(char >= ' ' && !(char >= '\u007f' && char <= '\u009f')).toBe(true)
      }),
    )
  })
})

test('a table shortens the middle of long cells and leaves the last column whole', () => {
  const long = `${'a'.repeat(30)}.${'b'.repeat(30)}.example`
  const [head = '', row = ''] = textTable(
    [
      ['NAME', 'WHY'],
      [long, 'x'.repeat(100)],
    ],
    20,
  ).split('\n')
  expect(head).toBe(`NAME${' '.repeat(18)}WHY`)
  expect(row.slice(0, 20)).toMatch(/^a+…b*\.example$/)
  expect(row.endsWith('x'.repeat(100))).toBe(true)
})

test('-- ends the options, and = gives a value', () => {
  expect(parseArguments(['--as=csv', '--all', '--', '--as', '-x'], { flags: ['all'], values: ['as'] })).toEqual({
    flags: new Set(['all']),
    values: { as: 'csv' },
    rest: ['--as', '-x'],
  })
})
