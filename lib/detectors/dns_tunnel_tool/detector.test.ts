import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dnscat2Encrypted, each, randomBytes } from '@/lib/names/fingerprints/testing/made-names'
import { defaultsOf, type Finding } from '../detector'
import { lookupsOf, replay, type TestLookup } from '../testing/replay'
import { dnsTunnelTool } from './detector'
import { rule } from './rule'

const T0 = Date.UTC(2026, 0, 10, 9, 0, 0)
const settings = defaultsOf(rule)
const detect = (lookups: readonly TestLookup[]) => replay(dnsTunnelTool.create(settings), lookups)
const fixture = (name: string) => lookupsOf(gunzipSync(readFileSync(new URL(`fixtures/${name}.tsv.gz`, import.meta.url))).toString())
const lookup = (label: string, at: number, source = '10.0.0.5'): TestLookup => ({
  at,
  source,
  qname: `${label}.evil.example.com`,
  qtype: 'TXT',
})
const session = (count: number, everyMs: number, from = 0) => each(count, (i) => lookup(dnscat2Encrypted(from + i), T0 + i * everyMs))
const last = (findings: readonly Finding[]): Finding => {
  const finding = findings.at(-1)
  if (finding === undefined) throw new Error('no finding')
  return finding
}

describe('recorded tools', () => {
  test.each([
    ['malicious-iodine', 'brindlecove.net', '10.9.0.20', 'iodine'],
    ['malicious-dnscat2', 'millpond-cloud.com', '10.9.0.41', 'dnscat2'],
    ['malicious-dns2tcp', 'fallowmere.com', '10.9.0.31', 'dns2tcp'],
  ])('%s: %s asked by %s is %s and nothing else is', (name, zone, source, tool) => {
    const findings = detect(fixture(name))
    expect(new Set(findings.map((finding) => `${finding.zone} ${finding.source}`))).toEqual(new Set([`${zone} ${source}`]))
    for (const finding of findings) expect(finding).toMatchObject({ tool: { name: tool, confidence: 'certain' }, severity: 'high' })
    expect(last(findings).score).toBeGreaterThanOrEqual(73)
  })

  test('an office with reputation, block-list and measurement clients runs no tool', () => {
    expect(detect(fixture('benign-office'))).toEqual([])
  })
})

describe('opening', () => {
  test('three names of one session open it in their step, two do not', () => {
    expect(last(detect(session(3, 1_000)))).toMatchObject({ at: T0 + 10_000, queries: 3, distinctNames: 3, score: 78 })
    expect(detect(session(2, 1_000))).toEqual([])
  })

  test('proof among many other names of the zone still opens it, within ten minutes at most', () => {
    const others = each(400, (i) => lookup(`www-${i % 40}`, T0 + i * 5_000))
    const findings = detect([...others, ...session(12, 2_000).map((one) => ({ ...one, at: one.at + 1_200_000 }))])
    expect(findings[0]?.at).toBeLessThanOrEqual(T0 + 1_800_000 + 10_000)
  })

  test('random names of the same look do not', () => {
    expect(detect(each(300, (i) => lookup(randomBytes(i, 17).toString('hex'), T0 + i * 1_000)))).toEqual([])
  })
})

describe('explaining', () => {
  const finding = last(detect(session(60, 1_000)))

  test('the terms add up to the score, and each says what was seen', () => {
    const sum = finding.scoreTerms.reduce((total, term) => total + term.points, 0)
    expect(finding.score).toBeCloseTo(Math.min(100, sum), 6)
    for (const term of finding.scoreTerms) expect(term.sentence).toMatch(/\d.*\.$/)
    expect(finding.summary).toMatch(/runs dnscat2 below example\.com: 60 names decode to dnscat2 packets of session 0dca/)
  })

  test('techniques are those the rule lists, with the fact seen', () => {
    expect(finding.techniques.map(({ id }) => id)).toEqual(['T1572', 'T1071.004', 'T1132.001', 'T1573'])
    for (const { id } of finding.techniques) expect(rule.techniques).toContain(id)
  })

  test('evidence says why an encrypted session cannot be read', () => {
    expect(finding.evidence.decoding).toMatchObject({ encoding: 'hexadecimal (RFC 4648)', preview: null })
    expect(finding.evidence.decoding?.refusal).toMatch(/encrypted or compressed/)
  })

  test('a file name in the names is shown', () => {
    const label = (i: number) => (i === 0 ? 'init.obqxs4tpnrwc46dmon4hyoi.base64' : `${i - 1}.${randomBytes(i, 30).toString('hex')}`)
    const found = last(detect(each(10, (i) => lookup(label(i), T0 + i * 500))))
    expect(found.tool).toEqual({ name: 'DNSExfiltrator', confidence: 'certain' })
    expect(found.evidence.decoding?.preview).toBe('payroll.xlsx|9')
  })
})

describe('rhythm', () => {
  test('one finding at the proof, then at most one a minute, the last with all lookups', () => {
    const findings = detect(session(600, 1_000))
    const gaps = findings.slice(1).map((finding, i) => finding.at - (findings[i]?.at ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60_000)
    expect(last(findings)).toMatchObject({ queries: 600, lastSeenAt: T0 + 599_000 })
  })

  test('continues from a snapshot at any step as if it had never stopped', () => {
    const lookups = [...each(80, (i) => lookup(`host-${i}`, T0 + i * 3_000, '10.0.0.6')), ...session(90, 2_500)]
    const whole = detect(lookups)
    expect(whole.length).toBeGreaterThan(2)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), (stopAfter) => {
        let run = dnsTunnelTool.create(settings)
        let steps = 0
        const stopping = {
          step: (step: Parameters<typeof run.step>[0]) => {
            if (steps++ === stopAfter) run = dnsTunnelTool.create(settings, JSON.parse(JSON.stringify(run.snapshot())))
            return run.step(step)
          },
          wakeAt: () => run.wakeAt(),
          snapshot: () => run.snapshot(),
        }
        expect(replay(stopping, lookups)).toEqual(whole)
      }),
      { numRuns: 12 },
    )
  })
})
