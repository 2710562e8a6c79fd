import { expect, test } from 'vitest'
import { BENIGN_CATALOGUE, catalogueMatch, entryOf } from './catalogue'

test.each([
  ['kq2xgzdfojqxk3lqm5ygk3tu.a.e.e5.sk', 'e5.sk'],
  ['a-0.19-a3.b2.avqs.mcafee.com', 'avqs.mcafee.com'],
  ['2.0.0.127.zen.spamhaus.org', 'spamhaus.org'],
  ['d111111abcdef8.cloudfront.net', 'cloudfront.net'],
  ['e5.sk', 'e5.sk'],
])('%s lies under %s', (name, suffix) => {
  expect(entryOf(name)?.suffix).toBe(suffix)
})

// What naive lists let through: a listed word inside the name, or a listed ending without its dot.
test.each([
  ['evilmcafee.com'],
  ['x.evilmcafee.com'],
  ['x.mcafee.com.evil.net'],
  ['x.avqs.mcafee.com.evil.net'],
  ['x.evilavqs.mcafee.com'],
  ['www.mcafee.com'],
  ['a.eviledge-e5.sk'],
  ['claudfront.net'],
  ['sophosxl.net.example'],
  ['net'],
  [''],
])('%s lies under no entry', (name) => {
  expect(entryOf(name)).toBeNull()
})

test('a listed part explains a domain only when nearly all names lie under it', () => {
  const md5 = (i: number) => `${i.toString(16).padStart(32, '0')}.malware.hash.cymru.com`
  const under = Array.from({ length: 18 }, (_, i) => md5(i))
  expect(catalogueMatch('cymru.com', [...under, 'www.cymru.com'])).toMatchObject({
    entry: { suffix: 'hash.cymru.com' },
    names: 19,
    under: 18,
  })
  expect(catalogueMatch('cymru.com', [...under.slice(0, 3), 'x1.t.cymru.com', 'x2.t.cymru.com'])).toBeNull()
})

test('names of another shape than the service makes are not explained', () => {
  expect(catalogueMatch('cymru.com', ['stolen-data-1.hash.cymru.com', 'stolen-data-2.hash.cymru.com'])).toBeNull()
  expect(catalogueMatch('barracudacentral.org', ['4.3.2.1.b.barracudacentral.org'])?.shaped).toBe(1)
})

test('names spread over several listed zones are explained together, one unlisted zone among them is not', () => {
  const listed = ['1.2.3.4.zen.spamhaus.org', '4.3.2.1.multi.surbl.org', '9.9.9.9.zen.spamhaus.org']
  expect(catalogueMatch('spamhaus.org', listed)?.entry.suffix).toBe('spamhaus.org')
  expect(catalogueMatch('spamhaus.org', [...listed, 'a.evil.example'])).toBeNull()
})

test('every entry stands once and has a day on which it was checked', () => {
  expect(new Set(BENIGN_CATALOGUE.map(({ suffix }) => suffix)).size).toBe(BENIGN_CATALOGUE.length)
  expect(BENIGN_CATALOGUE.length).toBeGreaterThan(80)
  for (const { checked } of BENIGN_CATALOGUE) expect(Date.parse(checked)).not.toBeNaN()
})
