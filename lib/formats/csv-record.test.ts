import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCells } from './csv-record'

test.each([
  ['a,b,,c', ['a', 'b', '', 'c']],
  ['"a,1", "b ""x"" y",c', ['a,1', 'b "x" y', 'c']],
  ['"open,b', ['open,b']],
  ['', ['']],
  ['a,', ['a', '']],
])('%s', (line, cells) => {
  expect(csvCells(line)).toEqual(cells)
})

test('cells written by RFC 4180 come back', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (cells) => {
      expect(csvCells(cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))).toEqual(cells)
    }),
  )
})
