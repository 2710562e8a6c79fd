import { describe, expect, test } from 'vitest'
import type { Evidence } from '@/lib/domain/evidence'
import { emptyEvidence } from '@/lib/domain/evidence'
import { GapHistogram } from '@/lib/stats/gap-histogram'
import type { Finding } from '../detector'
import { TestView } from '../testing/replay'
import { Annotator, type Network } from './annotate'

const T0 = Date.UTC(2026, 10, 20, 9)
const SECOND = 1_000

const term = (points: number) => ({ id: 'volume', sentence: `${points}`, value: points, threshold: null, points })

type Made = Omit<Partial<Finding>, 'evidence'> & { readonly evidence?: Partial<Evidence> }

function finding(zone: string, names: readonly string[], rest: Made = {}): Finding {
  const samples = names.map((name) => ({
    ...{ name, qtype: 'A', rcode: 'NOERROR', firstAt: T0, length: 20, entropyBits: 4, readabilityBits: 7, unreadable: true },
  }))
  const score = rest.score ?? 60
  return {
    ...{ detector: 'test', zone, source: '10.0.0.1', hostId: null, hostName: null, userName: null, at: T0 + 300 * SECOND },
    ...{ firstSeenAt: T0, lastSeenAt: T0, queries: names.length, distinctNames: names.length, severity: 'low', risk: 21 },
    ...{ scoreTerms: [term(score)], summary: '', tool: null, techniques: [] },
    ...rest,
    score,
    evidence: { ...emptyEvidence, samples, ...rest.evidence },
  }
}

interface Asked {
  readonly zone: string
  readonly names: readonly string[]
  readonly gapMs?: number
  readonly qtype?: string
  readonly sources?: readonly string[]
}

/** A view over lookups of the names, one after the other, and what the engine would know of their gaps and types. */
function around({ zone, names, gapMs = SECOND, qtype = 'A', sources = ['10.0.0.1'] }: Asked, types: Record<string, number> = { A: 5_000 }) {
  const view = new TestView()
  const gaps = new GapHistogram()
  sources.forEach((source, late) => {
    names.forEach((qname, i) => {
      view.observe({ at: T0 + late * 30 * SECOND + i * gapMs, source, qname, qtype })
    })
  })
  for (let i = 1; i < names.length; i++) gaps.add(gapMs)
  view.nowMs = T0 + 3_600 * SECOND
  const network: Network = {
    gapsOf: () => gaps,
    typesOfHour: () => ({ ...types, [qtype]: (types[qtype] ?? 0) + names.length * sources.length }),
  }
  return { view, network, zone }
}

const hashes = (zone: string, count = 40): string[] =>
  Array.from(
    { length: count },
    (_, i) => `${(BigInt(i + 7) * 0x9e3779b97f4a7c15f39cc0605cedc835n).toString(16).slice(-32).padStart(32, 'a')}.${zone}`,
  )

const annotate = (found: Finding, { view, network }: ReturnType<typeof around>, withCatalogue = true): Finding =>
  new Annotator({ withCatalogue }).annotate(found, view, network)

describe('the benign catalogue', () => {
  const names = hashes('a.e.e5.sk')
  const at = around({ zone: 'e5.sk', names, gapMs: 7_777 })

  test('lowers what it explains below the bar, says so, and keeps the finding', () => {
    const found = annotate(finding('e5.sk', names), at)
    expect(found.score).toBeLessThan(21)
    expect(found.scoreTerms.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(Math.max(found.score, 0), 0)
    expect(found.scoreTerms.find(({ id }) => id === 'catalogue')).toMatchObject({ points: -60 })
    expect(found.evidence.suppression).toMatch(/^benign catalogue: ESET reputation look-ups under e5\.sk/)
    expect(found.evidence.benign).toMatchObject({
      family: 'scripted-application',
      entry: { suffix: 'e5.sk', checked: '2026-11-21' },
      overridden: null,
    })
  })

  test('does not hide what is far beyond ordinary use', () => {
    const found = annotate(finding('e5.sk', names, { score: 90 }), at)
    expect(found.score).toBeGreaterThanOrEqual(30)
    expect(found.evidence.suppression).toBeNull()
  })

  test.each<[string, Made]>([
    ['a proven tool', { tool: { name: 'dnscat2', confidence: 'certain' } }],
    [
      'a payload that decodes to text',
      {
        evidence: {
          decoding: {
            encoding: 'base32',
            confidence: 1,
            characters: 900,
            names: 40,
            bytes: 500,
            preview: 'root:x:0:0',
            magic: null,
            refusal: null,
          },
        },
      },
    ],
  ])('is overridden by %s', (_, rest) => {
    const found = annotate(finding('e5.sk', names, rest), at)
    expect(found.score).toBeGreaterThanOrEqual(60)
    expect(found.evidence.suppression).toBeNull()
    expect(found.evidence.benign?.overridden).toEqual(expect.any(String))
  })

  test.each([['evilmcafee.com'], ['mcafee.com.evil.net'], ['evil.net']])('says nothing about %s', (zone) => {
    const asked = zone === 'evil.net' ? hashes('x.mcafee.com.evil.net') : hashes(zone)
    const found = annotate(finding(zone, asked), around({ zone, names: asked, gapMs: 7_777 }))
    expect(found.evidence.benign?.entry).toBeNull()
    expect(found.score).toBeGreaterThanOrEqual(60)
  })

  test('takes more off a finding over all sources, each of which asks as usual', () => {
    const everybody = around({ zone: 'e5.sk', names, gapMs: 7_777, sources: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'] })
    const found = annotate(finding('e5.sk', names, { score: 90, source: null }), everybody)
    expect(found.scoreTerms.find(({ id }) => id === 'catalogue')).toMatchObject({
      points: -90,
      sentence: expect.stringContaining('4 sources'),
    })
    expect(found.evidence.suppression).not.toBeNull()
  })

  test('can be left out', () => {
    const found = annotate(finding('e5.sk', names), at, false)
    expect(found.score).toBeGreaterThanOrEqual(60)
    expect(found.evidence).toMatchObject({ suppression: null, benign: { entry: null } })
  })
})

describe('what speaks against an alarm', () => {
  const zone = 'evil.example.com'
  const names = hashes(zone)
  const at = around({ zone: 'example.com', names, gapMs: 7_777 })
  const against = { id: 'failures', sentence: 'No such name.', value: 1, threshold: 0.9, points: -40 }
  const read = { ...{ encoding: 'hexadecimal', confidence: 1, characters: 900, names: 40, bytes: 450 }, preview: 'root:x:0:0', magic: null }
  const found = (rest: Made): Finding =>
    annotate(finding('example.com', names, { scoreTerms: [term(50), against], score: 10, ...rest }), at)

  test('hides it when less is left than an alarm begins at', () => {
    expect(found({}).evidence.suppression).toMatch(/^the score is 1\d.*: No such name\.$/)
  })

  test.each<[string, Made]>([
    ['names built as those of a known tool', { tool: { name: 'Cobalt Strike', confidence: 'high' } }],
    ['answers that hold text', { scoreTerms: [term(50), against, { ...term(5), id: 'answers' }], score: 15 }],
  ])('does not hide %s', (_, rest) => {
    expect(found(rest).evidence.suppression).toBeNull()
  })

  test('says nothing against text that could be read', () => {
    const { score, scoreTerms, evidence } = found({ evidence: { decoding: { ...read, refusal: null } } })
    expect(scoreTerms.map(({ id }) => id)).not.toContain('failures')
    expect(score).toBeGreaterThanOrEqual(50)
    expect(evidence.suppression).toBeNull()
    expect(found({ evidence: { decoding: { ...read, preview: null, refusal: 'encrypted' } } }).scoreTerms.map(({ id }) => id)).toContain(
      'failures',
    )
  })
})

describe('facts', () => {
  const names = hashes('t.example.com', 60)
  const found = annotate(
    finding('example.com', names),
    around({ zone: 'example.com', names, gapMs: 5_000, qtype: 'TXT', sources: ['10.0.0.1', '10.0.0.2'] }),
  )
  const { evidence } = found

  test('name the beat of the lookups', () => {
    expect(evidence.timing).toMatchObject({ verdict: 'regular', gaps: 59, share: 1 })
    expect(evidence.timing?.sentence).toMatch(
      /^Regular: 100 % of 59 gaps between lookups lie near [45](\.\d)? seconds, with hardly any jitter\.$/,
    )
  })

  test('compare record types with everybody else', () => {
    expect(evidence.typeMix).toMatchObject({ ownLookups: 60, otherLookups: 5_000, divergence: 1 })
    expect(evidence.typeMix?.sentence).toBe('100 % of the 60 lookups ask for TXT; of the 5,000 other lookups in the same hour 0 % do.')
    const alone = annotate(finding('example.com', names), around({ zone: 'example.com', names, qtype: 'TXT' }, {}))
    expect(alone.evidence.typeMix).toMatchObject({ divergence: null, sentence: expect.stringContaining('too few to compare with') })
  })

  test('tell who began and who followed', () => {
    expect(evidence.spread?.hosts.map(({ source }) => source)).toEqual(['10.0.0.1', '10.0.0.2'])
    expect(evidence.spread?.sentence).toBe('10.0.0.1 asked first; then 10.0.0.2 after 30 seconds. In all 2 of 2 active hosts.')
  })

  test('say how the names read and which ATT&CK the claims mean', () => {
    expect(evidence.readability?.sentence).toMatch(
      /^The names read (like random|unlike words).* bits per character, where ordinary host names need 3\.8/,
    )
    expect(evidence.attackVersion).toBe('18.1')
  })

  test('circumstances order alarms and never lift one into the next band', () => {
    expect(found.scoreTerms.map(({ id }) => id)).toEqual(expect.arrayContaining(['timing', 'type-mix']))
    expect(found.score).toBeGreaterThan(60)
    for (const score of [46, 46.9, 72, 72.9, 98.9]) {
      const near = annotate(finding('example.com', names, { score }), around({ zone: 'example.com', names, gapMs: 5_000, qtype: 'TXT' }))
      expect(near.score).toBeGreaterThanOrEqual(score)
      expect(near.score).toBeLessThan(score < 47 ? 47 : score < 73 ? 73 : 99)
    }
  })
})

test('a burst of processes gets no facts about names', () => {
  const start = {
    at: T0,
    eventId: 1,
    commandLine: null,
    args: [],
    queryType: null,
    target: null,
    server: null,
    parentName: null,
    user: null,
  }
  const found = annotate(finding('e5.sk', [], { evidence: { processStarts: [start] } }), around({ zone: 'e5.sk', names: [] }))
  expect(found).toMatchObject({ score: 60, evidence: { suppression: null, benign: null, timing: null, attackVersion: '18.1' } })
})
