import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileKql, kqlPredicate } from './compile'
import { jsonDocument } from './json-document'
import { MAX_DEPTH, parseKql } from './parse'
import { KqlSyntaxError } from './syntax-error'

const is = (field: string, text: string) => ({
  kind: 'is',
  field: { kind: 'string', text: field, quoted: false },
  value: { kind: 'string', text, quoted: false },
})

function syntaxErrorOf(query: string): KqlSyntaxError {
  try {
    parseKql(query)
  } catch (error) {
    if (error instanceof KqlSyntaxError) return error
    throw error
  }
  throw new Error(`${query} was parsed`)
}

describe('syntax errors say where and what was expected', () => {
  test.each([
    [47, 'host.id:', 8, /a value/],
    [48, '(a:b', 4, /"\)"/],
    [49, 'a:(b or', 7, /"\)"/],
    [50, 'a:"x', 4, /closing quote/],
    [51, 'a:b c:d', 5, /"and" or "or"/],
    [52, 'process.executable:C:\\Windows\\x.exe', 20, /"and" or "or"/],
  ])('case %i: %s', (_, query, position, expected) => {
    const error = syntaxErrorOf(query)
    expect(error.position).toBe(position)
    expect(error.message).toMatch(expected)
  })

  test.each([
    ['a list that ends in a dangling operator', 'a:(b or )', 8],
    ['an empty group', '()', 1],
    ['an unclosed nested group', 'a:{ b:c', 7],
    ['a range without a value', 'a >=', 4],
    ['a lone backslash', 'a:b\\c', 3],
    ['two nots in a row', 'not not a:b', 4],
    ['not without what it denies', 'not ', 4],
    ['a closing bracket too many', 'a:b)', 3],
    ['a wildcard as the path of a nested group', 'a.*:{ b:c }', 4],
  ])('%s', (_, query, position) => {
    expect(syntaxErrorOf(query).position).toBe(position)
  })

  test(`nesting is refused beyond ${MAX_DEPTH} levels`, () => {
    const nestedQuery = (levels: number) => `${'('.repeat(levels)}a:b${')'.repeat(levels)}`
    expect(parseKql(nestedQuery(MAX_DEPTH))).toEqual(is('a', 'b'))
    expect(syntaxErrorOf(nestedQuery(MAX_DEPTH + 1)).position).toBe(MAX_DEPTH)
    expect(syntaxErrorOf('a:'.padEnd(50_000, '(')).position).toBe(MAX_DEPTH + 2)
  })
})

describe('the tree', () => {
  test('and binds tighter than or, not tightest', () => {
    expect(parseKql('a:1 or not b:2 and c:3')).toEqual({
      kind: 'or',
      children: [is('a', '1'), { kind: 'and', children: [{ kind: 'not', child: is('b', '2') }, is('c', '3')] }],
    })
  })

  test('the seed query is four conditions, the last over four wildcards', () => {
    const tree = parseKql('event.category:process and event.type:start and process.name:nslookup.exe and process.args:(-q=* or -qt=*)')
    const args = { kind: 'string', text: 'process.args', quoted: false }
    expect(tree).toEqual({
      kind: 'and',
      children: [
        is('event.category', 'process'),
        is('event.type', 'start'),
        is('process.name', 'nslookup.exe'),
        {
          kind: 'or',
          children: [
            { kind: 'is', field: args, value: { kind: 'wildcard', pieces: ['-q=', ''] } },
            { kind: 'is', field: args, value: { kind: 'wildcard', pieces: ['-qt=', ''] } },
          ],
        },
      ],
    })
  })

  test('long runs of spaces and long values take linear time', () => {
    const query = `a:${'x '.repeat(50_000)}${' '.repeat(200_000)}y`
    const startedAt = performance.now()
    parseKql(query)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))
const fragment = fc.oneof(
  fc.constantFrom(
    'a',
    'b.c',
    ':',
    '(',
    ')',
    '{',
    '}',
    '"',
    '*',
    '\\',
    '<',
    '>=',
    ' ',
    ' and ',
    ' or ',
    'not ',
    '-q=*',
    '10.0.0.0/8',
    'now-1d/d',
    'null',
    'true',
  ),
  fc.string({ unit: anyUnit, maxLength: 4 }),
)
const anyQuery = fc.array(fragment, { maxLength: 25 }).map((parts) => parts.join(''))

describe('hostile input', () => {
  test('parsing throws nothing but a syntax error, with a position inside the query', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        try {
          parseKql(query)
        } catch (error) {
          expect(error).toBeInstanceOf(KqlSyntaxError)
          const { position } = error as KqlSyntaxError
          expect(position).toBeGreaterThanOrEqual(0)
          expect(position).toBeLessThanOrEqual(query.length)
        }
      }),
      { numRuns: 3_000 },
    )
  })

  test('evaluation never throws, whatever the document', () => {
    const queries = fc.oneof(
      anyQuery,
      fc
        .tuple(fc.constantFrom('source.ip', '@timestamp', 'message', 'process.pid', 'a', 'a.*'), fc.constantFrom(':', '>=', '<'), fragment)
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(queries, fc.jsonValue({ maxDepth: 5 }), fc.boolean(), (query, json, caseSensitive) => {
        const tree = (() => {
          try {
            return parseKql(query)
          } catch {
            return parseKql('')
          }
        })()
        const document = jsonDocument({ 'source.ip': json, '@timestamp': json, message: json, 'process.pid': json, a: json })
        expect(typeof compileKql(tree, { caseSensitive })(document, 0)).toBe('boolean')
      }),
      { numRuns: 2_000 },
    )
  })

  test('a query denied is true exactly where the query is false', () => {
    fc.assert(
      fc.property(fc.constantFrom('a:b', 'a:*', 'a:b*', 'a >= 5', '*', 'b'), fc.jsonValue({ maxDepth: 3 }), (query, json) => {
        const document = jsonDocument({ a: json })
        const options = { caseSensitive: true }
        expect(kqlPredicate(`not ${query}`, options)(document, 0)).toBe(!kqlPredicate(query, options)(document, 0))
      }),
    )
  })
})
