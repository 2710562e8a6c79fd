import { expect, test } from 'vitest'
import { EventIds } from './event-id'
import { lookupOf } from './lookup'

const name = { qname: 'www.example.com', qnameRaw: null, wireBytes: 17, lossy: false }
const lookup = (at: number) => lookupOf(name, { at, format: 'zeek-tsv', recordNo: 1, clientIp: '10.0.0.1' })

test.each([
  ['of a small delivery', 200],
  ['of a file', 20_000],
])('identical rows %s are told apart by their order, in every reading alike', (_, contents) => {
  const read = (): readonly number[] => {
    const ids = new EventIds()
    return Array.from({ length: 3 * contents }, (_, n) => ids.ofLookup(lookup(n % contents)))
  }
  const first = read()
  expect(new Set(first).size).toBe(3 * contents)
  expect(first.every((id) => Number.isSafeInteger(id) && id >= 0 && id < 2 ** 52)).toBe(true)
  expect(read()).toEqual(first)
  // Who comes first has the id of its content alone.
  expect(new EventIds().ofLookup(lookup(contents - 1))).toBe(first[contents - 1])
})

test('content is forgotten after 131,072 others at the latest, and then counts as new', () => {
  const ids = new EventIds()
  const first = ids.ofLookup(lookup(0))
  for (let n = 1; n <= 131_072; n++) ids.ofLookup(lookup(n))
  expect(ids.ofLookup(lookup(0))).toBe(first)
})
