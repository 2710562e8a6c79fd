import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bucketFor, EVENT_FIELDS, formatEventSearch, MAX_SEARCH_LENGTH, parseEventSearch, withTerm } from './event-search'

const term = (field: string, value: string, not = false) => ({ field, value, not })

describe('parseEventSearch', () => {
  test.each([
    ['', []],
    ['zone:T.Example. type:txt -rcode:nxdomain', [term('zone', 't.example'), term('type', 'TXT'), term('rcode', 'NXDOMAIN', true)]],
    ['10.0.0.5', [term('source', '10.0.0.5')]],
    ['fe80::1 abcd::1', [term('source', 'fe80::1'), term('source', 'abcd::1')]],
    ['Tunnel', [term('name', 'tunnel')]],
    ['process:"Program Files\\\\a b.exe"', [term('process', 'Program Files\\a b.exe')]],
    ['name:"=cmd|\' \\"/c"', [term('name', '=cmd|\' "/c')]],
    ['rcode:None type:none', [term('rcode', 'none'), term('type', 'none')]],
    ['source:fe80::1', [term('source', 'fe80::1')]],
    ['name:a\\046b', [term('name', 'a\\046b')]],
    ['name:.', [term('name', '.')]],
    ['<script>', [term('name', '<script>')]],
  ])('%j', (text, terms) => {
    expect(parseEventSearch(text)).toEqual({ terms, problems: [] })
  })

  test.each([
    ['size:3', /no field “size”.*zone, name/],
    ['zone:', /zone: needs a value/],
    ['type:""', /type: needs a value/],
    ['-', /minus/],
    ['x'.repeat(MAX_SEARCH_LENGTH + 1), /2,000 characters/],
    [Array.from({ length: 21 }, (_, i) => `w${i}`).join(' '), /20 conditions/],
  ])('tells what it cannot read in %j', (text, problem) => {
    expect(parseEventSearch(text).problems.join(' ')).toMatch(problem)
  })

  test('what was formatted is read again as it was, whatever is in the values', () => {
    const written = fc.record({
      field: fc.constantFrom(...EVENT_FIELDS),
      value: fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
      not: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(written, { maxLength: 8 }), (given) => {
        const { terms } = parseEventSearch(formatEventSearch(given.filter(({ value }) => value.trim() !== '')))
        expect(parseEventSearch(formatEventSearch(terms))).toEqual({ terms, problems: [] })
      }),
      { numRuns: 40 },
    )
  })

  test('never throws and stays quick on anything', () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000, unit: 'binary' }), (text) => void parseEventSearch(text)))
    const started = performance.now()
    parseEventSearch('"\\'.repeat(1_000))
    parseEventSearch('-"'.repeat(1_000))
    expect(performance.now() - started).toBeLessThan(500)
  })
})

test('picking a value replaces what was asked of its field and keeps what was ruled out', () => {
  const { terms } = parseEventSearch('type:A zone:t.example -type:TXT')
  expect(formatEventSearch(withTerm(terms, 'type', 'NULL'))).toBe('zone:t.example -type:TXT type:NULL')
})

test.each([
  [3_600_000, 60_000],
  [24 * 3_600_000, 15 * 60_000],
  [7 * 86_400_000, 4 * 3_600_000],
  [90 * 86_400_000, 86_400_000],
  [3_650 * 86_400_000, 31 * 86_400_000],
])('a span of %d ms is counted by %d ms', (span, bucket) => {
  expect(bucketFor(span)).toBe(bucket)
})
