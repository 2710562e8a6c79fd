import { describe, expect, test } from 'vitest'
import { TestView } from '../testing/replay'
import { countedNames } from './counted-names'

const zone = 'example.com'
interface Asked {
  readonly name: string
  readonly qtype?: string
  readonly rcode?: string
}
const counted = (asked: readonly Asked[]) => {
  const view = new TestView()
  asked.forEach(({ name, qtype = 'AAAA', rcode = 'NOERROR' }, i) => {
    view.observe({ at: 1_000 * i, source: '10.0.0.5', qname: `${name}.${zone}`, qtype, rcode })
  })
  view.nowMs = 1_000 * asked.length
  const tally = view.pair('10.0.0.5', zone, 300_000)
  return tally === null ? null : countedNames(tally)
}
const upTo = (count: number, name: (i: number) => string, rest: Partial<Asked> = {}): Asked[] =>
  Array.from({ length: count }, (_, i) => ({ name: name(i), ...rest }))

describe('names that count, asked for IPv6 addresses alone', () => {
  test.each<[string, Asked[], number, number]>([
    ['a word and a number', upTo(20, (i) => `cloud-srv-${i}`), 0, 19],
    ['below a domain that holds a number itself', upTo(20, (i) => `part${i + 7}.ns1`), 7, 26],
    ['a number alone', upTo(16, (i) => `${i + 1}`), 1, 16],
    ['with one piece lost', upTo(20, (i) => `p${i + (i > 9 ? 1 : 0)}`), 0, 20],
  ])('%s', (_, asked, first, last) => {
    expect(counted(asked)).toEqual({ first, last, names: asked.length })
  })

  test.each<[string, Asked[]]>([
    ['hosts that are asked for both kinds of addresses', upTo(20, (i) => `node-${i}`).flatMap((one) => [{ ...one, qtype: 'A' }, one])],
    ['hosts in no order', upTo(20, (i) => `img${(7 * i) % 20}`)],
    ['hosts far apart', upTo(20, (i) => `r${37 * i}`)],
    ['a sweep over names that do not exist', upTo(20, (i) => `host${i}`, { rcode: 'NXDOMAIN' })],
    ['words', upTo(20, (i) => ['mail', 'www', 'cdn', 'api'][i % 4] ?? '')],
    ['names of different make', upTo(20, (i) => `${'abcdefghijklmnopqrst'[i]}${i}`)],
  ])('not %s', (_, asked) => {
    expect(counted(asked)).toBeNull()
  })
})
