import { expect, test } from 'vitest'
import type { SampledName } from '@/lib/domain/tally'
import { KNOWN_SERVICES, knownServiceOf } from './known-services'

const sampled = (...names: readonly string[]): SampledName[] =>
  names.map((name, hash) => ({
    hash,
    name,
    qtype: 'A',
    rcode: null,
    firstAt: 0,
    length: 8,
    entropyBits: 3,
    readabilityBits: 7,
    unreadable: true,
  }))

test.each([
  ['e5.sk', 'kq2x.a.e5.sk', 'e5.sk'],
  ['mcafee.com', 'a-0.19-a3.b2.avqs.mcafee.com', 'avqs.mcafee.com'],
  ['spamhaus.org', '2.0.0.127.zen.spamhaus.org', 'spamhaus.org'],
])('names of %s such as %s are explained by %s', (zone, name, suffix) => {
  expect(knownServiceOf(zone, sampled(name))?.suffix).toBe(suffix)
})

// What naive lists let through: a listed word inside the name, or a listed ending without its dot.
test.each([
  ['evil.net', 'x.avqs.mcafee.com.evil.net'],
  ['evilavqs.mcafee.com.example', 'a.evilavqs.mcafee.com.example'],
  ['eviledge-e5.sk', 'a.eviledge-e5.sk'],
  ['mcafee.com', 'x.evilavqs.mcafee.com'],
  ['mcafee.com', 'www.mcafee.com'],
])('names of %s such as %s are explained by nothing', (zone, name) => {
  expect(knownServiceOf(zone, sampled(name))).toBeNull()
})

test('a listed part explains a domain only when nearly all names lie under it', () => {
  const under = Array.from({ length: 18 }, (_, i) => `${i}.hash.cymru.com`)
  expect(knownServiceOf('cymru.com', sampled(...under, 'www.cymru.com'))?.suffix).toBe('hash.cymru.com')
  expect(knownServiceOf('cymru.com', sampled(...under.slice(0, 3), 'x1.t.cymru.com', 'x2.t.cymru.com'))).toBeNull()
})

test('every entry names its service and its public source, once', () => {
  expect(new Set(KNOWN_SERVICES.map((known) => known.suffix)).size).toBe(KNOWN_SERVICES.length)
  for (const { suffix, service, source } of KNOWN_SERVICES) {
    expect(suffix).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)
    expect(service.length).toBeGreaterThan(5)
    expect(source.length).toBeGreaterThan(5)
  }
})
