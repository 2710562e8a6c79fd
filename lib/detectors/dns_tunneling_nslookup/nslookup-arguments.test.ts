import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nslookupRequest } from './nslookup-arguments'

test.each<[readonly string[], string | null, string | null, string | null]>([
  [['nslookup.exe', '-q=txt', 'a.x.example'], 'TXT', 'a.x.example', null],
  [['nslookup', '-querytype=MX', 'A.X.Example.', '192.0.2.53'], 'MX', 'a.x.example', '192.0.2.53'],
  [['nslookup', '-qt=any', '-timeout=5', 'a.x.example'], 'ANY', 'a.x.example', null],
  [['nslookup', '/type=aaaa', 'a.x.example'], 'AAAA', 'a.x.example', null],
  [['nslookup', '-q=mx', '-q=txt', 'a.x.example'], 'TXT', 'a.x.example', null],
  [['nslookup', '-q='], null, null, null],
  [['nslookup', '-q=txt', '-', '192.0.2.53'], 'TXT', null, '192.0.2.53'],
  [['nslookup', 'a.x.example'], null, 'a.x.example', null],
  [['-q=txt', 'a.x.example'], 'TXT', 'a.x.example', null],
  [['nslookup', '-q=this-is-no-record-type', 'a.x.example'], null, 'a.x.example', null],
  [['nslookup'], null, null, null],
  [[], null, null, null],
])('%j', (args, queryType, target, server) => {
  expect(nslookupRequest(args)).toEqual({ queryType, target, server })
})

const anyUnit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))

test('reads any arguments without throwing', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: anyUnit })), (args) => {
      const { target } = nslookupRequest(args)
      expect(target === null || typeof target === 'string').toBe(true)
    }),
  )
})
