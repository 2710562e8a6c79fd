import { expect, test } from 'vitest'
import { csvCell, csvLine } from './csv'

test.each([
  ['=cmd|calc', "'=cmd|calc"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+1+2', "'+1+2"],
  ['-1+2', "'-1+2"],
  ['\t=1', "'\t=1"],
  [' =1', "' =1"],
  ['＝1', "'＝1"],
  ['plain.example', 'plain.example'],
  ['a "quote", b', '"a ""quote"", b"'],
  ['two\nlines', '"two\nlines"'],
  ['\u202Egnp.example', '\\u{202e}gnp.example'],
  ['a\u0000b\u001B[2J.example', 'a\\000b\\027[2J.example'],
  [-12.5, '-12.5'],
  [null, ''],
])('CSV cell %j becomes %j', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

test('a record ends with CRLF (RFC 4180)', () => {
  expect(csvLine(['a', 1, null])).toBe('a,1,\r\n')
})
