import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultsOf, type Finding } from '../detector'
import { lookupsOf, replay, type TestLookup } from '../testing/replay'
import { dnsExfiltrationSlow } from './detector'
import { rule } from './rule'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const T0 = Date.UTC(2026, 0, 10, 9, 0, 0)
const settings = defaultsOf(rule)
const detect = (lookups: readonly TestLookup[]) => replay(dnsExfiltrationSlow.create(settings), lookups)
const fixture = (name: string) => lookupsOf(gunzipSync(readFileSync(new URL(`fixtures/${name}.tsv.gz`, import.meta.url))).toString())

const bytes = (seed: string) => createHash('sha512').update(seed).digest()
const text = (seed: string, length: number, alphabet = '0123456789abcdefghijklmnopqrstuvwxyz') =>
  Array.from(bytes(seed).subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('')
const between = (seed: string, from: number, to: number) => from + (bytes(seed).readUInt32BE() % (to - from + 1))
const last = (findings: readonly Finding[]): Finding => {
  const finding = findings.at(-1)
  if (finding === undefined) throw new Error('no finding')
  return finding
}

/** Lookups of ever new names of 32 base36 characters below one zone. */
const implant = (count: number, everyMs: number, part: Partial<TestLookup> & { zone?: string; length?: number } = {}): TestLookup[] => {
  const { zone = 'quiet-harbour.com', length = 32, ...rest } = part
  return Array.from({ length: count }, (_, i) => {
    return { at: T0 + i * everyMs, source: '10.0.0.5', qname: `${text(`${zone} ${i}`, length)}.${zone}`, ...rest }
  })
}

/**
 * Made by the figures published about the capture of Saitama: 116 lookups in 2.65 hours, at most 54 an hour, three
 * domains in random turn, type A, 28 to 31 base36 characters.
 */
function saitamaLike(seed: string): TestLookup[] {
  let at = T0
  return Array.from({ length: 116 }, (_, i) => {
    at += between(`${seed} gap ${i}`, 62_000, 102_000)
    const zone = ['first-harbour.com', 'second-harbour.com', 'third-harbour.com'][between(`${seed} zone ${i}`, 0, 2)]
    return { at, source: '10.0.0.7', qname: `${text(`${seed} ${i}`, between(`${seed} length ${i}`, 28, 31))}.${zone}` }
  })
}

describe('recorded lookups', () => {
  test('a client that leaks 30 bytes a minute in base32 is found by 13 names', () => {
    const findings = detect(fixture('malicious-slow-exfiltration'))
    expect(new Set(findings.map(({ zone, source }) => `${zone} ${source}`))).toEqual(new Set(['snowbird-stats.com 10.9.0.71']))
  })

  test('an office with reputation, block-list and measurement clients stays quiet', () => {
    expect(detect(fixture('benign-office'))).toEqual([])
  })
})

describe('what carries little', () => {
  const hex = (seed: string, length: number) => bytes(seed).toString('hex').slice(0, length)
  const numbers = (name: (i: number) => string): TestLookup[] =>
    Array.from({ length: 40 }, (_, i) => ({ at: T0 + i * MINUTE, source: '10.0.0.5', qname: `${name(i)}.quiet-harbour.com` }))

  test('a new number each minute below one that stays is found by 20 to 25 names, and stays low', () => {
    const [first, ...later] = detect(numbers((i) => `${hex(`${i}`, 8)}.5fa90637`))
    expect(first?.at).toBeLessThanOrEqual(T0 + 25 * MINUTE)
    expect(first?.summary).toContain('a new number each time below 5fa90637')
    for (const { severity, score } of [first, ...later].flatMap((one) => one ?? [])) {
      expect(severity).toBe('low')
      expect(score).toBeLessThan(47)
    }
  })

  test('the same below a word is not', () => {
    expect(detect(numbers((i) => `${hex(`${i}`, 8)}.probe`))).toEqual([])
  })

  test('look-ups of hashes are told, and lowered', () => {
    const found = last(detect(numbers((i) => `${hex(`${i}`, 40)}.file`)))
    expect(found).toMatchObject({ severity: 'low' })
    expect(found.scoreTerms.find(({ id }) => id === 'hashes')).toMatchObject({ points: -15 })
    expect(last(detect(numbers((i) => `${hex(`${i}`, 42)}.file`))).scoreTerms.map(({ id }) => id)).not.toContain('hashes')
  })
})

describe('rotating domains', () => {
  test.each(['a', 'b', 'c', 'd'])('an implant like Saitama is found by its source soon after its 20th name (seed %s)', (seed) => {
    const lookups = saitamaLike(seed)
    const findings = detect(lookups)
    const opened = (findings[0]?.at ?? Number.POSITIVE_INFINITY) - (lookups[0]?.at ?? 0)
    expect(opened).toBeLessThan(32 * MINUTE)
    expect((findings[0]?.at ?? 0) - (lookups[19]?.at ?? 0)).toBeLessThan(5 * MINUTE)
    expect(new Set(findings.map(({ zone }) => zone)).size).toBe(1)
    expect(findings[0]?.techniques.map(({ id }) => id)).toContain('T1008')
    expect(findings[0]?.evidence.notices.join()).toMatch(/first-harbour\.com, second-harbour\.com, third-harbour\.com/)
    expect(last(findings).distinctNames).toBe(116)
  })

  test('many rare domains with one or two odd names each are browsing', () => {
    const browsing = Array.from({ length: 300 }, (_, i) => ({
      at: T0 + i * 2 * MINUTE,
      source: '10.0.0.5',
      qname: `${text(`site ${i}`, between(`${i}`, 8, 40))}.shop-number-${i >> 1}.com`,
    }))
    expect(detect(browsing)).toEqual([])
  })

  test('domains whose names differ in length and make are not put together', () => {
    const kinds = [
      (i: number) => `${text(`a${i}`, 9)}.tracker-one.com`,
      (i: number) => `${text(`b${i}`, 36, '0123456789abcdef')}.tracker-two.com`,
      (i: number) => `${text(`c${i}`, 16, '0123456789')}.edge.tracker-three.com`,
    ]
    const lookups = Array.from({ length: 54 }, (_, i) => ({ at: T0 + i * 2 * MINUTE, source: '10.0.0.5', qname: kinds[i % 3]?.(i) ?? '' }))
    expect(detect(lookups)).toEqual([])
  })

  test('more domains than an implant carries are a content network', () => {
    const shards = Array.from({ length: 12 }, (_, z) => implant(6, 7 * MINUTE, { zone: `shard-number-${z}.com` })).flat()
    expect(detect(shards)).toEqual([])
    expect(detect(shards.filter(({ qname }) => /-[0-4]\.com$/.test(qname))).length).toBeGreaterThan(0)
  })
})

describe('one domain', () => {
  test('twenty names an hour apart open an alarm within half an hour of the 20th, 19 do not', () => {
    const lookups = implant(20, HOUR)
    const [first] = detect(lookups)
    expect((first?.at ?? 0) - (lookups[19]?.at ?? 0)).toBeGreaterThan(0)
    expect((first?.at ?? 0) - (lookups[19]?.at ?? 0)).toBeLessThan(30 * MINUTE)
    expect(first).toMatchObject({ zone: 'quiet-harbour.com', source: '10.0.0.5', queries: 20, distinctNames: 20, firstSeenAt: T0 })
    expect(detect(lookups.slice(0, 19))).toEqual([])
  })

  test('names older than a day no longer count', () => {
    expect(detect(implant(60, 80 * MINUTE))).toEqual([])
  })

  test('ten names that each carry much suffice', () => {
    const heavy = (count: number) => detect(implant(count, 20 * MINUTE, { length: 58 }))
    expect(heavy(10).length).toBeGreaterThan(0)
    expect(heavy(9)).toEqual([])
  })

  test('a lookup by both address types in one minute is one name asked once', () => {
    const both = implant(20, 10 * MINUTE).flatMap((one) => [
      { ...one, qtype: 'A' },
      { ...one, qtype: 'AAAA' },
    ])
    expect(last(detect(both))).toMatchObject({ queries: 40, distinctNames: 20 })
  })
})

describe('staying quiet', () => {
  test.each<[string, TestLookup[]]>([
    [
      'readable hosts',
      Array.from({ length: 100 }, (_, i) => ({
        at: T0 + i * 5 * MINUTE,
        source: '10.0.0.5',
        qname: `mail-gateway-${i}.office.example.com`,
      })),
    ],
    [
      'content shards of which some are asked far more often than others',
      Array.from({ length: 400 }, (_, i) => ({
        at: T0 + i * 3 * MINUTE,
        source: '10.0.0.5',
        qname: `${text(`shard ${Math.floor(60 * (between(`${i}`, 0, 999) / 1_000) ** 2)}`, 24)}.cdn.example.com`,
      })),
    ],
    [
      'UUID hosts of a service that three sources use',
      ['5', '6', '7'].flatMap((host) => implant(40, 20 * MINUTE, { source: `10.0.0.${host}` })),
    ],
    ['a burst of one page', implant(40, 2_000)],
    ['a fast tunnel, which is another detector’s', implant(3_000, 1_000)],
    ['short identifiers', implant(30, 20 * MINUTE, { length: 8 })],
  ])('%s', (_, lookups) => {
    expect(detect(lookups)).toEqual([])
  })

  test('a domain that has been asked here for weeks is known', () => {
    const day = 24 * HOUR
    const before = Array.from({ length: 22 }, (_, i) => ({ at: T0 - i * day - HOUR, source: '10.0.0.9', qname: 'www.quiet-harbour.com' }))
    expect(detect([...before, ...implant(40, 20 * MINUTE)])).toEqual([])
    const elsewhere = before.map((one) => ({ ...one, qname: 'www.example.org' }))
    expect(last(detect([...elsewhere, ...implant(40, 20 * MINUTE)])).scoreTerms.map(({ id }) => id)).toContain('new')
  })
})

describe('explaining', () => {
  const office = Array.from({ length: 12 }, (_, i) => implant(200, 4 * MINUTE, { source: `10.0.1.${i}`, length: 0 }))
    .flat()
    .map((one) => ({ ...one, qname: 'www.example.org' }))
  const finding = last(detect([...office, ...implant(60, 10 * MINUTE)]))

  test('the terms add up to a medium score', () => {
    const sum = finding.scoreTerms.reduce((total, term) => total + term.points, 0)
    expect(finding.score).toBeCloseTo(sum, 6)
    expect(finding.score).toBeGreaterThanOrEqual(47)
    expect(finding.score).toBeLessThan(73)
    for (const term of finding.scoreTerms) expect(term.sentence).toMatch(/\.$/)
  })

  test('techniques carry the fact that was seen', () => {
    const claims = Object.fromEntries(finding.techniques.map(({ id, because }) => [id, because]))
    expect(claims['T1071.004']).toMatch(/answered 60 of 60/)
    expect(claims.T1030).toMatch(/60 of 60 unreadable names have the same length, 32 bytes/)
    expect(Object.keys(claims)).not.toContain('T1008')
    const base32 = implant(30, 10 * MINUTE).map((one, i) => ({
      ...one,
      rcode: null,
      qname: `${text(`${i}`, 40, 'abcdefghijklmnopqrstuvwxyz234567')}.quiet-harbour.com`,
    }))
    expect(last(detect(base32)).techniques.map(({ id }) => id)).toEqual(['T1048.003', 'T1030'])
  })

  test('evidence covers the day, not only the last hour', () => {
    const { samples, minutes, byType, sources, bytesUp } = finding.evidence
    expect(samples).toHaveLength(60)
    expect(minutes).toHaveLength(60)
    expect(byType).toEqual({ A: 60 })
    expect(sources[0]).toMatchObject({ source: '10.0.0.5', queries: 60 })
    // 60 names of 32 base36 characters carry 60 · 32 · log2(36) / 8 = 1,241 bytes.
    expect(bytesUp?.high).toBeGreaterThan(1_200)
    expect(bytesUp?.high).toBeLessThan(1_260)
  })
})

test('continues from a snapshot at any step as if it had never stopped', () => {
  const lookups = [...saitamaLike('s'), ...implant(40, 11 * MINUTE)]
  const whole = detect(lookups)
  expect(whole.length).toBeGreaterThan(5)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), (stopAfter) => {
      let run = dnsExfiltrationSlow.create(settings)
      let steps = 0
      const stopping = {
        step: (step: Parameters<typeof run.step>[0]) => {
          if (steps++ === stopAfter) run = dnsExfiltrationSlow.create(settings, JSON.parse(JSON.stringify(run.snapshot())))
          return run.step(step)
        },
        wakeAt: () => run.wakeAt(),
        snapshot: () => run.snapshot(),
      }
      expect(replay(stopping, lookups)).toEqual(whole)
    }),
    { numRuns: 10 },
  )
})
