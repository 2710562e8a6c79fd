import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultsOf, type Finding } from '../detector'
import { lookupsOf, replay, type TestLookup } from '../testing/replay'
import { dnsChunkedExfiltration } from './detector'
import { rule } from './rule'

const MINUTE = 60_000
const T0 = Date.UTC(2026, 0, 10, 9, 0, 0)
const settings = defaultsOf(rule)
const detect = (lookups: readonly TestLookup[]) => replay(dnsChunkedExfiltration.create(settings), lookups)
const fixture = (name: string) => lookupsOf(gunzipSync(readFileSync(new URL(`fixtures/${name}.tsv.gz`, import.meta.url))).toString())

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const text = (seed: string | number, length = 40, alphabet = BASE32) =>
  Array.from(createHash('sha512').update(`${seed}`).digest().subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('')
/** One lookup every two seconds, named by its number. */
const asked = (numbers: readonly number[], name: (index: number) => string): TestLookup[] =>
  numbers.map((index, i) => ({ at: T0 + i * 2_000, source: '10.0.0.5', qname: `${name(index)}.drop-point.com` }))
const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)
const last = (findings: readonly Finding[]): Finding => {
  const finding = findings.at(-1)
  if (finding === undefined) throw new Error('no finding')
  return finding
}
const noticesOf = (lookups: readonly TestLookup[]) => last(detect(lookups)).evidence.notices.join(' ')

describe('recorded lookups', () => {
  test('13 hexadecimal chunks of 30 bytes each: counted, none missing, 390 bytes', () => {
    const findings = detect(fixture('malicious-numbered-chunks'))
    expect(new Set(findings.map(({ zone, source }) => `${zone} ${source}`))).toEqual(new Set(['snowbird-stats.com 10.9.0.71']))
    const finding = last(findings)
    expect(finding.summary).toMatch(/13 numbered chunks \(0x0 to 0xc, none missing\)/)
    expect(finding.evidence.bytesUp?.high).toBe(390)
    expect(finding.evidence.notices.join()).toMatch(/Every chunk from 0x0 to 0xc was seen/)
  })

  test('an office with reputation, block-list and measurement clients stays quiet', () => {
    expect(detect(fixture('benign-office'))).toEqual([])
  })
})

describe('layouts', () => {
  test.each<[string, (i: number) => string]>([
    ['index-payload', (i) => `${i}-${text(i)}`],
    ['index.payload', (i) => `${i}.${text(i)}`],
    ['index.payload.payload', (i) => `${i}.${text(i, 30)}.${text(`more ${i}`, 30)}`],
    ['payload.index', (i) => `${text(i)}.${i}`],
    ['payload.index.session', (i) => `${text(i)}.${i}.s7f3`],
    ['session.index.payload', (i) => `job9.${i}.${text(i)}`],
    ['hexadecimal with leading zeros', (i) => `${i.toString(16).padStart(4, '0')}.${text(i)}`],
  ])('%s: ten contiguous chunks open an alarm, nine do not', (_, name) => {
    const lookups = asked(upTo(10, 160), name)
    expect(last(detect(lookups))).toMatchObject({ zone: 'drop-point.com', source: '10.0.0.5', queries: 10, severity: 'medium', risk: 47 })
    expect(detect(lookups.slice(0, 9))).toEqual([])
  })

  test('thirty numbers with gaps count when they rise, not when they jump', () => {
    const gaps = upTo(30).map((i) => 7 * i)
    expect(last(detect(asked(gaps, (i) => `${i}-${text(i)}`))).summary).toMatch(/30 numbered chunks \(0 to 203, 174 missing\)/)
    expect(detect(asked(gaps.slice(0, 29), (i) => `${i}-${text(i)}`))).toEqual([])
    const jumping = gaps.map((_, i) => 7 * ((i * 11) % 30))
    expect(detect(asked(jumping, (i) => `${i}-${text(i)}`))).toEqual([])
  })

  test('contiguous chunks may come in any order, as several threads send them', () => {
    const shuffled = upTo(30).map((i) => (i * 11) % 30)
    expect(last(detect(asked(shuffled, (i) => `${i}-${text(i)}`))).summary).toMatch(/0 to 29, none missing/)
  })
})

describe('which chunks', () => {
  test('missing ones are listed as ranges', () => {
    const present = upTo(100).filter((i) => i !== 17 && (i < 40 || i > 44))
    expect(noticesOf(asked(present, (i) => `${i}-${text(i)}`))).toMatch(/Chunks from 0 to 99 that were not seen: 17, 40–44\./)
  })

  test('a long list of gaps is cut and says so', () => {
    expect(
      noticesOf(
        asked(
          upTo(40).map((i) => 2 * i),
          (i) => `${i}-${text(i)}`,
        ),
      ),
    ).toMatch(/ and 19 more ranges\./)
  })

  test('above the sample the number is an estimate and gaps are not told', () => {
    const finding = last(detect(asked(upTo(1_500), (i) => `${i}-${text(i)}`)))
    expect(finding.summary).toMatch(/about 1,\d{3} numbered chunks/)
    expect(finding.evidence.notices.join(' ')).toMatch(/cannot be told/)
    expect(finding.evidence.metrics.map(({ id }) => id)).not.toContain('missing')
  })
})

describe('staying quiet', () => {
  const hex = (i: number, length: number) => text(i, length, '0123456789abcdef')
  const cases: readonly (readonly [string, (i: number) => string])[] = [
    ['video hosts numbered within a cluster', (i) => `r${i % 20}---sn-${text(i >> 3, 8)}`],
    ['video appliances', (i) => `ipv4-c${`${i}`.padStart(3, '0')}-ams001-ix.1.oca`],
    ['addresses written backwards', (i) => `${i}.${(i * 7) % 256}.0.10`],
    ['IPv6 addresses written backwards', (i) => [...hex(i, 32)].join('.')],
    ['time server pools', (i) => `${i % 4}.pool`],
    ['hosts named by date', (i) => `2026-01-${`${1 + (i % 28)}`.padStart(2, '0')}.backup-${i}`],
    ['numbered readable hosts', (i) => `${i}-mail-gateway-of-the-northern-office`],
    ['short numbered hashes', (i) => `${i}.${hex(i, 12)}`],
    ['UUID hosts', (i) => `${hex(i, 8)}-${hex(i + 1, 4)}-4${hex(i + 2, 3)}-a${hex(i + 3, 3)}-${hex(i + 4, 12)}`],
    ['hashes beside a random number', (i) => `${Number.parseInt(hex(i, 5), 16)}.${hex(i, 40)}`],
    ['one payload under many numbers', (i) => `${i}.${text('same', 40)}`],
  ]
  test.each(cases)('%s', (_, name) => {
    expect(detect(asked(upTo(200), name))).toEqual([])
  })
})

describe('explaining', () => {
  const finding = last(detect(asked(upTo(120), (i) => `${i}-${text(i)}`)))

  test('the terms add up to a medium score', () => {
    const sum = finding.scoreTerms.reduce((total, term) => total + term.points, 0)
    expect(finding.score).toBeCloseTo(sum, 6)
    expect(finding.score).toBeGreaterThanOrEqual(47)
    expect(finding.score).toBeLessThan(73)
    for (const term of finding.scoreTerms) expect(term.sentence).toMatch(/\d.*\.$/)
  })

  test('every technique is claimed with the fact that was seen', () => {
    const claims = Object.fromEntries(finding.techniques.map(({ id, because }) => [id, because]))
    expect(claims['T1048.003']).toMatch(/120 numbered pieces/)
    expect(claims.T1020).toMatch(/in front of a hyphen and counts from 0 to 119; 100 % of the steps rise/)
    expect(claims.T1030).toMatch(/120 of 120 chunks have 40 characters/)
    const uneven = last(detect(asked(upTo(60), (i) => `${i}-${text(i, 20 + (i % 30))}`)))
    expect(uneven.techniques.map(({ id }) => id)).toEqual(['T1048.003', 'T1020'])
  })

  test('base32 carries five bits a character', () => {
    // 120 chunks of 40 characters: 120 · 40 · 5 / 8 = 3,000 bytes.
    expect(finding.evidence.bytesUp?.high).toBe(3_000)
    expect(finding.evidence.bytesUp?.low).toBeGreaterThan(2_800)
  })
})

test('continues from a snapshot at any step as if it had never stopped', () => {
  const lookups = asked(upTo(400), (i) => `${i}-${text(i)}`).map((one, i) => ({ ...one, at: T0 + i * 5_000 }))
  const whole = detect(lookups)
  expect(whole.length).toBeGreaterThan(5)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 250 }), (stopAfter) => {
      let run = dnsChunkedExfiltration.create(settings)
      let steps = 0
      const stopping = {
        step: (step: Parameters<typeof run.step>[0]) => {
          if (steps++ === stopAfter) run = dnsChunkedExfiltration.create(settings, JSON.parse(JSON.stringify(run.snapshot())))
          return run.step(step)
        },
        wakeAt: () => run.wakeAt(),
        snapshot: () => run.snapshot(),
      }
      expect(replay(stopping, lookups, T0 + 400 * 5_000 + 90 * MINUTE)).toEqual(whole)
    }),
    { numRuns: 8 },
  )
})
