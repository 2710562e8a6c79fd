import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { severityOf } from '@/lib/domain/severity'
import { defaultsOf, type Finding } from '../detector'
import { matchOf } from '../facts/catalogue-term'
import { lookupsOf, replay, type TestLookup } from '../testing/replay'
import { dnsLookupTunneling } from './detector'
import { rule } from './rule'

const T0 = Date.UTC(2026, 0, 10, 9, 0, 0)
const settings = defaultsOf(rule)
const detect = (lookups: readonly TestLookup[]) => replay(dnsLookupTunneling.create(settings), lookups)
const fixture = (name: string) => lookupsOf(gunzipSync(readFileSync(new URL(`fixtures/${name}.tsv.gz`, import.meta.url))).toString())

const hex = (seed: number, length = 32) => createHash('sha256').update(`${seed}`).digest('hex').slice(0, length)
/** `count` lookups of ever new names, one every `everyMs`. */
const tunnel = (count: number, everyMs: number, part: Partial<TestLookup> & { length?: number } = {}): TestLookup[] =>
  Array.from({ length: count }, (_, i) => ({
    at: T0 + i * everyMs,
    source: '10.0.0.5',
    qname: `${hex(i, part.length)}.t.evil.example.com`,
    qtype: 'A',
    ...part,
  }))
const words = ['mail', 'static', 'images', 'portal', 'login', 'backup', 'printer', 'search', 'assets', 'gateway', 'video', 'market']
const readable = (i: number) => `${words[i % 12]}-${words[Math.floor(i / 12) % 12]}${i > 143 ? `-${words[Math.floor(i / 144)]}` : ''}`
const last = (findings: readonly Finding[]): Finding => {
  const finding = findings.at(-1)
  if (finding === undefined) throw new Error('no finding')
  return finding
}

describe('recorded tunnels', () => {
  test.each([
    ['malicious-iodine', 'brindlecove.net', '10.9.0.20', 'high'],
    ['malicious-dnscat2', 'millpond-cloud.com', '10.9.0.41', 'high'],
    ['malicious-slow-exfiltration', 'snowbird-stats.com', '10.9.0.71', 'low'],
  ])('%s: an alarm on %s from %s, at least %s', (name, zone, source, severity) => {
    const findings = detect(fixture(name))
    expect(new Set(findings.map((finding) => `${finding.zone} ${finding.source}`))).toEqual(new Set([`${zone} ${source}`]))
    const best = Math.max(...findings.map((finding) => finding.score))
    expect(['low', 'medium', 'high', 'critical'].indexOf(severityOf(best))).toBeGreaterThanOrEqual(
      ['low', 'medium', 'high', 'critical'].indexOf(severity),
    )
  })

  test('an office with reputation, block-list and measurement clients stays quiet', () => {
    expect(detect(fixture('benign-office')).filter((finding) => matchOf(finding) === null)).toEqual([])
  })
})

describe('opening by other signs', () => {
  test('names that count up in order and are asked as AAAA alone open a low alarm; the same as A do not', () => {
    const counting = (qtype: string): TestLookup[] =>
      Array.from({ length: 20 }, (_, i) => ({ at: T0 + 1_000 * i, source: '10.0.0.5', qname: `part-${i}.evil.example.com`, qtype }))
    expect(last(detect(counting('AAAA')))).toMatchObject({ severity: 'low', distinctNames: 20 })
    expect(last(detect(counting('AAAA'))).summary).toContain('asked for IPv6 addresses only')
    expect(detect(counting('A'))).toEqual([])
  })

  test('names built as those of a known tool open one although half of them read well', () => {
    const beacon = Array.from({ length: 24 }, (_, i): TestLookup => {
      const nonce = hex(i, 8)
      const isWrite = i % 3 === 0
      const qname = `${isWrite ? `post.1${hex(i + 50, 24)}.${nonce}` : `api.${nonce}`}.10422256.evil.example.com`
      return { at: T0 + 300 * i, source: '10.0.0.5', qname, qtype: isWrite ? 'A' : 'TXT' }
    })
    expect(last(detect(beacon)).tool).toEqual({ name: 'Cobalt Strike', confidence: 'high' })
  })

  test('light names that get no answer that holds anything stay low, however many', () => {
    const flood = (rcode: string) =>
      Array.from({ length: 600 }, (_, i): TestLookup => {
        const label = hex(i, 40).replace(/\d/g, '').slice(0, 11)
        return { at: T0 + 200 * i, source: '10.0.0.5', qname: `${label}.victim.example.com`, rcode: i % 3 === 0 ? 'NXDOMAIN' : rcode }
      })
    expect(severityOf(Math.max(...detect(flood('NOERROR')).map(({ score }) => score)))).not.toBe('low')
    for (const one of detect(flood('SERVFAIL'))) expect(severityOf(one.score)).toBe('low')
  })
})

describe('opening', () => {
  test('30 unreadable names in 5 minutes open an alarm in the step of the 30th, 29 do not', () => {
    // Short names: none of them carries enough to count among the heavy few.
    const lookups = tunnel(30, 3_000, { length: 24 })
    const [first] = detect(lookups)
    expect(first?.at).toBe(T0 + 90_000)
    expect(detect(lookups.slice(0, 29))).toEqual([])
  })

  test('22 heavy names within a tenth of a second are enough', () => {
    expect(last(detect(tunnel(22, 4, { length: 60 })))).toMatchObject({ queries: 22, distinctNames: 22, at: T0 + 10_000 })
  })

  test('names too slow for five minutes are found by their hour', () => {
    const findings = detect(tunnel(40, 45_000, { length: 60 }))
    expect(findings.length).toBeGreaterThan(0)
    expect(findings[0]?.at).toBeLessThan(T0 + 15 * 60_000)
  })

  test.each([
    ['NULL names of any kind', 5, { qtype: 'NULL', length: 8 }],
    ['names of a private-use type', 5, { qtype: 'TYPE65399', length: 8 }],
    ['unreadable CNAME names', 5, { qtype: 'CNAME', length: 24 }],
    ['unreadable TXT names', 10, { qtype: 'TXT', length: 16 }],
  ])('%s: %i are enough, one less is not', (_, count, part) => {
    expect(detect(tunnel(count, 1_000, part)).length).toBeGreaterThan(0)
    expect(detect(tunnel(count - 1, 1_000, part))).toEqual([])
  })

  test('a shell that pulls text by short counting names is found, service names and block lists are not', () => {
    const pulls = (name: (i: number) => string) =>
      detect(Array.from({ length: 20 }, (_, i) => ({ at: T0 + i * 2_000, source: '10.0.0.5', qname: name(i), qtype: 'TXT' })))
    expect(pulls((i) => `l.${i}.ns.evil.example.com`).length).toBeGreaterThan(0)
    expect(pulls((i) => `s${i}._domainkey.example.com`)).toEqual([])
    expect(pulls((i) => `${i}.2.0.192.origin.routes.example.com`)).toEqual([])
  })

  test('100 readable names in 5 minutes are low, 99 are nothing', () => {
    const reading = (count: number) =>
      detect(Array.from({ length: count }, (_, i) => ({ at: T0 + i * 1_000, source: '10.0.0.5', qname: `${readable(i)}.example.com` })))
    expect(severityOf(last(reading(100)).score)).toBe('low')
    expect(reading(99)).toEqual([])
  })
})

describe('staying quiet', () => {
  test('generated names of which some are asked far more often than others, as of a content network', () => {
    const popular = (i: number) => Math.floor(60 * (Number.parseInt(hex(i, 6), 16) / 2 ** 24) ** 2)
    const lookups = Array.from({ length: 600 }, (_, i) => ({
      at: T0 + i * 400,
      source: '10.0.0.5',
      qname: `${hex(popular(i), 14)}.cdn.example.com`,
    }))
    expect(detect(lookups)).toEqual([])
  })

  test('a mail server that asks a block list for hundreds of addresses', () => {
    const asked = Array.from({ length: 400 }, (_, i) => ({
      at: T0 + i * 500,
      source: '10.0.0.5',
      qname: `${i % 256}.${i % 199}.0.10.bl.example.com`,
      rcode: 'NXDOMAIN',
    }))
    expect(detect(asked)).toEqual([])
  })

  test('what a known look-up service is asked is told, for the catalogue of benign services to judge', () => {
    const hashes = detect(tunnel(90, 700).map((one, i) => ({ ...one, qname: `${hex(i)}.a.e5.sk`, qtype: 'TXT' })))
    expect(matchOf(last(hashes))?.entry.suffix).toBe('e5.sk')
  })

  test('a name that only ends like a known service gets no allowance', () => {
    for (const zone of ['a.evil-e5.sk', 'e5.sk.evil.com']) {
      expect(detect(tunnel(90, 700).map((one, i) => ({ ...one, qname: `${hex(i)}.${zone}` }))).length).toBeGreaterThan(0)
    }
  })
})

describe('staying open', () => {
  // 30 names open it; from then on a name in 18 s is 16 to 17 in 5 minutes: below 30, above 15.
  const idling = (everyMs: number) => [
    ...tunnel(31, 3_000, { length: 24 }),
    ...tunnel(60, everyMs).map((one, i) => ({ ...one, at: T0 + 120_000 + i * everyMs, qname: `${hex(i + 5_000, 24)}.t.evil.example.com` })),
  ]
  const lastAt = (lookups: readonly TestLookup[]) => last(detect(lookups)).at - T0

  test('an alarm stays up to date while half of the threshold is kept, and not below', () => {
    expect(lastAt(idling(18_000))).toBeGreaterThan(15 * 60_000)
    expect(lastAt(idling(45_000).slice(0, 50))).toBeLessThan(10 * 60_000)
  })

  test('with the whole threshold as the lower bar it falls silent with the burst', () => {
    const strict = dnsLookupTunneling.create({ ...settings, stayShare: 1 })
    expect(last(replay(strict, idling(18_000))).at - T0).toBeLessThan(10 * 60_000)
  })
})

describe('counting hosts only', () => {
  const parity = { ...settings, parityMode: 1 }
  const asked = (count: number, name: (i: number) => string) =>
    replay(
      dnsLookupTunneling.create(parity),
      Array.from({ length: count }, (_, i) => ({ at: T0 + i * 1_000, source: '10.0.0.5', qname: `${name(i)}.example.com` })),
    )

  test('100 hosts of any kind in 5 minutes open an alarm, 99 do not, however they are written', () => {
    for (const name of [readable, (i: number) => hex(i)]) {
      expect(asked(100, name).length).toBeGreaterThan(0)
      expect(asked(99, name)).toEqual([])
    }
  })

  test('hosts asked again and again count once', () => {
    expect(asked(280, (i) => readable(i % 90))).toEqual([])
  })
})

describe('explaining', () => {
  const finding = last(detect(tunnel(200, 1_000, { qtype: 'TXT', length: 60 })))

  test('the terms add up to the score', () => {
    const sum = finding.scoreTerms.reduce((total, term) => total + term.points, 0)
    expect(finding.score).toBeCloseTo(Math.min(100, sum), 6)
    for (const term of finding.scoreTerms) expect(term.sentence).toMatch(/\d.*\.$/)
  })

  test('more names weigh more: 30, 50 and 150 a window are low, medium and high or more', () => {
    const severities = [30, 50, 150].map((count) => severityOf(last(detect(tunnel(count, 1_500))).score))
    expect(severities).toEqual(['low', 'medium', 'high'])
  })

  test('every technique is claimed with the fact that was seen', () => {
    const claims = Object.fromEntries(finding.techniques.map((claim) => [claim.id, claim.because]))
    expect(claims.T1572).toMatch(/200 distinct unreadable names below example\.com/)
    expect(claims['T1071.004']).toMatch(/answered 200 of 200/)
    expect(claims['T1132.001']).toMatch(/hexadecimal/)
    expect(claims.T1030).toMatch(/same length/)
    const silent = last(detect(tunnel(60, 1_000, { rcode: null })))
    expect(silent.techniques.map((claim) => claim.id)).not.toContain('T1071.004')
  })

  test('evidence holds samples, minutes, types, sources and the bytes that can have left', () => {
    const { samples, minutes, byType, byRcode, sources, bytesUp } = finding.evidence
    expect(samples).toHaveLength(200)
    expect(minutes.reduce((sum, minute) => sum + minute.queries, 0)).toBe(200)
    expect(byType).toEqual({ TXT: 200 })
    expect(byRcode).toEqual({ NOERROR: 200 })
    expect(sources).toMatchObject([{ source: '10.0.0.5', queries: 200 }])
    // 200 names of 60 hexadecimal characters carry 6,000 bytes; the constant label `t.evil` adds a little above.
    expect(bytesUp?.low).toBeLessThanOrEqual(bytesUp?.high ?? 0)
    expect(bytesUp?.high).toBeGreaterThan(6_000)
    expect(bytesUp?.high).toBeLessThan(9_000)
  })

  test('a source that carries most DNS is called a probable resolver', () => {
    const others = Array.from({ length: 400 }, (_, i) => ({ at: T0 + i * 500, source: '10.0.0.5', qname: `www.shop-${i}.com` }))
    const elsewhere = { at: T0, source: '10.0.0.9', qname: 'www.example.org' }
    const { notices } = last(detect([...others, elsewhere, ...tunnel(200, 1_000)])).evidence
    expect(notices.join()).toMatch(/10\.0\.0\.5 carried \d+ % of all DNS activity/)
  })

  test('a flood is sampled and says so', () => {
    const { evidence, distinctNames } = last(detect(tunnel(2_000, 20)))
    expect(evidence.notices.join()).toMatch(/uniform sample of 512/)
    expect(Math.abs(distinctNames / 2_000 - 1)).toBeLessThan(0.1)
  })
})

describe('rhythm', () => {
  test('one finding at the crossing, then at most one a minute, the last with all lookups', () => {
    const findings = detect(tunnel(600, 1_000))
    const gaps = findings.slice(1).map((finding, i) => finding.at - (findings[i]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000)
    expect(last(findings)).toMatchObject({ queries: 600, lastSeenAt: T0 + 599_000 })
  })

  test('continues from a snapshot at any step as if it had never stopped', () => {
    const lookups = [...tunnel(120, 2_500, { length: 40 }), ...tunnel(40, 45_000, { length: 60, source: '10.0.0.6' })]
    const whole = detect(lookups)
    expect(whole.length).toBeGreaterThan(3)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (stopAfter) => {
        let run = dnsLookupTunneling.create(settings)
        let steps = 0
        const stopping = {
          step: (step: Parameters<typeof run.step>[0]) => {
            if (steps++ === stopAfter) run = dnsLookupTunneling.create(settings, JSON.parse(JSON.stringify(run.snapshot())))
            return run.step(step)
          },
          wakeAt: () => run.wakeAt(),
          snapshot: () => run.snapshot(),
        }
        expect(replay(stopping, lookups)).toEqual(whole)
      }),
      { numRuns: 8 },
    )
  })
})
