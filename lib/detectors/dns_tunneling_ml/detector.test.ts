import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { severityOf } from '@/lib/domain/severity'
import { infoContent } from '@/lib/stats/info-content'
import { defaultsOf, type Finding } from '../detector'
import { matchOf } from '../facts/catalogue-term'
import { lookupsOf, replay, type TestLookup } from '../testing/replay'
import { dnsTunnelingMl } from './detector'
import { BUCKET_MS, rule } from './rule'

const T0 = Date.UTC(2026, 0, 10, 9, 0, 0)
const settings = defaultsOf(rule)
const detect = (lookups: readonly TestLookup[]) => replay(dnsTunnelingMl.create(settings), lookups)
const fixture = (name: string) => lookupsOf(gunzipSync(readFileSync(new URL(`fixtures/${name}.tsv.gz`, import.meta.url))).toString())
const hash = (seed: string) => createHash('sha256').update(seed).digest('hex')

/** An office: every bucket four sources ask 60 domains for one to three readable names. */
const office = (buckets: number): TestLookup[] =>
  Array.from({ length: buckets * 60 }, (_, i) => {
    const bucket = Math.floor(i / 60)
    const domain = i % 60
    return ['www', 'mail', 'static'].slice(0, 1 + (domain % 3)).map((host, n) => ({
      at: T0 + bucket * BUCKET_MS + domain * 10_000 + n,
      source: `10.0.0.${1 + (domain % 4)}`,
      qname: `${host}.shop-${domain}.com`,
    }))
  }).flat()
const tunnel = (bucket: number, count: number, source = '10.0.0.9', seed = ''): TestLookup[] =>
  Array.from({ length: count }, (_, i) => ({
    at: T0 + bucket * BUCKET_MS + 60_000 + i * 2_000,
    source,
    qname: `${hash(`${seed}${source}${bucket} ${i}`).slice(0, 40)}.t.evil.com`,
    qtype: 'TXT',
  }))
const only = (findings: readonly Finding[]): Finding => {
  const [finding] = findings
  if (finding === undefined) throw new Error('no finding')
  return finding
}

/** The catalogue of benign services speaks after the detector: what it explains is no alarm. */
const unexplained = (findings: readonly Finding[]) => findings.filter((finding) => matchOf(finding) === null)

describe('recorded traffic', () => {
  test('dnscat2 in an office: one alarm, on its domain and source', () => {
    expect(unexplained(detect(fixture('malicious-dnscat2')))).toMatchObject([{ zone: 'millpond-cloud.com', source: '10.9.0.41' }])
  })

  test('the office alone stays quiet', () => {
    expect(unexplained(detect(fixture('benign-office')))).toEqual([])
  })
})

describe('a tunnel among ordinary domains', () => {
  const lookups = [...office(8), ...tunnel(7, 200)]
  const finding = only(detect(lookups))

  test('opens when its bucket closes, on the sole source that carried it', () => {
    expect(detect(lookups)).toHaveLength(1)
    expect(finding).toMatchObject({ at: T0 + 8 * BUCKET_MS, zone: 'evil.com', source: '10.0.0.9', queries: 200, distinctNames: 200 })
  })

  test('shows value, typical value and probability; the value is the compressed length of the names', () => {
    const [bucket] = finding.evidence.buckets
    expect(bucket?.informationBytes).toBe(infoContent(tunnel(7, 200).map((lookup) => lookup.qname)))
    expect(bucket?.at).toBe(T0 + 7 * BUCKET_MS)
    expect(bucket?.typicalBytes).toBeGreaterThan(20)
    expect(bucket?.typicalBytes).toBeLessThan(60)
    expect(bucket?.influencers).toEqual([{ source: '10.0.0.9', influence: 1 }])
    expect(finding.summary).toMatch(/evil\.com held .* bytes .* times the typical .* probability/)
    expect(finding.evidence.notices.join()).toMatch(/Young model/)
  })

  test('the terms add up to the score', () => {
    const sum = finding.scoreTerms.reduce((total, term) => total + term.points, 0)
    expect(finding.score).toBeCloseTo(sum, 6)
  })

  test('stays low while nothing but the number speaks for it', () => {
    const readable = tunnel(7, 400).map((lookup, i) => ({ ...lookup, qname: `page-${i}-of-the-summer-catalogue-${i * 7}.evil.com` }))
    expect(severityOf(only(detect([...office(8), ...readable])).score)).toBe('low')
  })
})

test('several sources that each carried it are all named, and none is singled out', () => {
  const findings = detect([...office(8), ...tunnel(7, 200), ...tunnel(7, 180, '10.0.0.8')])
  const { source, evidence } = only(findings)
  expect(source).toBeNull()
  expect(evidence.buckets[0]?.influencers.map((one) => one.source).toSorted()).toEqual(['10.0.0.8', '10.0.0.9'])
})

test('an anomaly that goes on is found again every run, with its earlier buckets', () => {
  const findings = detect([...office(8), ...tunnel(6, 200), ...tunnel(7, 200)])
  expect(findings.map((finding) => finding.at)).toEqual([T0 + 7 * BUCKET_MS, T0 + 8 * BUCKET_MS])
  expect(findings[1]?.evidence.buckets).toHaveLength(2)
})

test('a name asked a million times scores like one asked once: under the floor', () => {
  const repeated = Array.from({ length: 5_000 }, (_, i) => ({ at: T0 + 7 * BUCKET_MS + i * 100, source: '10.0.0.9', qname: 'a.evil.com' }))
  expect(detect([...office(8), ...repeated])).toEqual([])
})

test('a flood is estimated from its sample, within 10 %, and says so', () => {
  const flood = tunnel(7, 400).flatMap((lookup, i) =>
    Array.from({ length: 5 }, (_, n) => ({ ...lookup, at: lookup.at + n, qname: `${hash(`${i} ${n}`).slice(0, 40)}.t.evil.com` })),
  )
  const { evidence } = only(detect([...office(8), ...flood]))
  const value = evidence.buckets[0]?.informationBytes ?? 0
  expect(Math.abs(value / infoContent(flood.map((lookup) => lookup.qname)) - 1)).toBeLessThan(0.1)
  expect(evidence.buckets[0]?.estimated).toBe(true)
  expect(evidence.notices.join()).toMatch(/estimated/)
})

test('a run reports at most so many domains, highest first, and says that there were more', () => {
  const run = dnsTunnelingMl.create({ ...settings, alarmsPerRun: 2 })
  const many = ['a', 'b', 'c', 'd'].flatMap((name) =>
    tunnel(7, 200, '10.0.0.9', name).map((lookup) => ({ ...lookup, qname: lookup.qname.replace('evil', `evil-${name}`) })),
  )
  const findings = replay(run, [...office(8), ...many])
  expect(findings).toHaveLength(2)
  expect(findings[0]?.evidence.notices.join()).toMatch(/^4 domains were over the threshold in this run; the 2 highest are shown\./)
})

test('late steps leave later minutes out of the bucket', () => {
  const lookups = [...office(8), ...tunnel(7, 200)]
  const later = (at: number | null) => (at === null ? null : at + 60_000)
  const late = dnsTunnelingMl.create(settings)
  // Woken a minute after the end of the bucket, when lookups of the next one are already in the view.
  const sleepy = { step: late.step.bind(late), snapshot: () => late.snapshot(), wakeAt: () => later(late.wakeAt()) }
  const findings = replay(sleepy, [...lookups, ...tunnel(8, 20)], T0 + 8 * BUCKET_MS + 120_000)
  expect(only(findings).evidence.buckets).toEqual(only(detect(lookups)).evidence.buckets)
})
