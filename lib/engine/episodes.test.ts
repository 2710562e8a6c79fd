import { describe, expect, test } from 'vitest'
import type { Finding } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { type BenignFacts, type EvidenceMinute, emptyEvidence, type ProcessStart } from '@/lib/domain/evidence'
import { lookup } from '@/lib/store/contract/sample-events'
import { EpisodeKeeper, type EpisodeOptions } from './episodes'
import { findingOf, T0 } from './fixtures/made-events'
import { Tallies } from './tallies'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function keeper(options: Partial<EpisodeOptions> = {}, tallies = new Tallies()): EpisodeKeeper {
  return new EpisodeKeeper(
    { findEpisode: () => null, reportFromMs: null, observedFromMs: null, demo: false, ...options },
    (source, zone, fromMs) => tallies.cellsOf(source, zone, fromMs),
  )
}

const only = (drafts: readonly AlarmDraft[]): AlarmDraft => {
  expect(drafts).toHaveLength(1)
  return drafts[0] as AlarmDraft
}

describe('one alarm a key and episode', () => {
  test.each([
    ['right after', MINUTE, 1, 0],
    ['after 30 minutes', 30 * MINUTE, 1, 0],
    ['after more than 30 minutes of quiet: a recurrence', 31 * MINUTE, 1, 1],
    ['after 24 hours: still the same alarm', 24 * HOUR, 1, 1],
    ['after more than 24 hours: another alarm', 24 * HOUR + 10_000, 2, 0],
  ])('%s', (_, gapMs, alarms, recurrences) => {
    const episodes = keeper()
    episodes.observe(findingOf({ at: T0 }))
    episodes.observe(findingOf({ at: T0 + gapMs }))
    episodes.finish(T0 + gapMs)
    const drafts = episodes.takeDrafts()
    expect(drafts).toHaveLength(alarms)
    expect(drafts.at(-1)?.recurrences).toBe(recurrences)
  })

  test('ids of alarms that are long over are forgotten, so that years of analysis hold no more than days', () => {
    const episodes = keeper()
    for (let day = 0; day < 60; day++) {
      episodes.observe(findingOf({ at: T0 + day * 48 * HOUR }))
      episodes.advanceTo(T0 + day * 48 * HOUR + HOUR)
    }
    expect(episodes.takeDrafts()).toHaveLength(60)
    expect((episodes.snapshot() as { own: unknown[] }).own.length).toBeLessThanOrEqual(3)
  })

  test('another source, zone or detector is another alarm', () => {
    const episodes = keeper()
    for (const other of [{}, { source: '10.0.0.2' }, { zone: 'beta.org' }, { detector: 'else' }, { source: null }])
      episodes.observe(findingOf({ at: T0, ...other }))
    const ids = episodes.takeDrafts().map((draft) => draft.id)
    expect(new Set(ids).size).toBe(5)
    for (const id of ids) expect(id).toMatch(/^ALM-[A-Z2-7]{12}$/)
  })

  test('the id depends on key and first event alone', () => {
    const idOf = (score: number): string => {
      const episodes = keeper()
      episodes.observe(findingOf({ at: T0, score }))
      return only(episodes.takeDrafts()).id
    }
    expect(idOf(10)).toBe(idOf(90))
  })
})

describe('what the benign catalogue explains', () => {
  const benign: BenignFacts = {
    ...{ family: 'scripted-application', confidence: 'fair', evidence: [], overridden: null },
    entry: { suffix: 'alpha.com', what: 'look-ups', source: 'a list', checked: '2026-11-21', holder: 'operator' },
  }
  const explained = (finding: Partial<Finding> = {}) =>
    findingOf({
      at: T0,
      score: 5,
      severity: 'medium',
      ...finding,
      evidence: { ...emptyEvidence, benign, suppression: 'benign catalogue: look-ups' },
    })

  test('is shown by its score, below the severity the rule states', () => {
    const episodes = keeper()
    episodes.observe(explained())
    expect(only(episodes.takeDrafts())).toMatchObject({
      severity: 'low',
      ruleSeverity: 'medium',
      evidence: { suppression: expect.any(String) },
    })
  })

  test('is explained no more from the first finding on that is not', () => {
    const episodes = keeper()
    for (const finding of [explained(), findingOf({ at: T0 + MINUTE, score: 50 }), explained({ at: T0 + 2 * MINUTE })])
      episodes.observe(finding)
    episodes.finish(T0 + 2 * MINUTE)
    expect(only(episodes.takeDrafts())).toMatchObject({ score: 50, evidence: { suppression: null } })
  })

  test('is one alarm of the zone beyond twenty sources, however many come', () => {
    const episodes = keeper()
    for (let i = 0; i < 500; i++) episodes.observe(explained({ at: T0 + i * 1_000, source: `10.1.${i >> 8}.${i & 255}` }))
    const drafts = episodes.takeDrafts()
    expect(drafts).toHaveLength(21)
    expect(drafts.at(-1)).toMatchObject({ source: null, evidence: { notices: [expect.stringMatching(/^More than 20 sources/)] } })
    episodes.observe(findingOf({ at: T0 + 600_000, source: '10.1.1.99', score: 60 }))
    expect(only(episodes.takeDrafts())).toMatchObject({ source: '10.1.1.99', score: 60 })
  })

  test('is reported once an hour, but at once when it is explained no more', () => {
    const episodes = keeper()
    episodes.observe(explained())
    episodes.takeDrafts()
    for (let i = 1; i < 60; i++) episodes.observe(explained({ at: T0 + i * MINUTE }))
    expect(episodes.takeDrafts()).toEqual([])
    episodes.observe(findingOf({ at: T0 + 59 * MINUTE + 1_000, score: 60 }))
    expect(only(episodes.takeDrafts())).toMatchObject({ score: 60 })
  })
})

describe('what an alarm shows', () => {
  test('score and severity only rise, and terms stay with the score they explain', () => {
    const episodes = keeper()
    const term = (points: number) => [{ id: 't', sentence: `${points}`, value: points, threshold: null, points }]
    episodes.observe(findingOf({ at: T0, score: 30, summary: 'first', scoreTerms: term(30) }))
    episodes.observe(findingOf({ at: T0 + 10_000, score: 80, summary: 'worse', scoreTerms: term(80) }))
    episodes.observe(findingOf({ at: T0 + 20_000, score: 50, summary: 'milder', scoreTerms: term(50) }))
    episodes.finish(T0 + 20_000)
    expect(only(episodes.takeDrafts())).toMatchObject({
      score: 80,
      severity: 'high',
      ruleSeverity: 'low',
      summary: 'worse',
      scoreTerms: term(80),
      openedAt: T0,
    })
  })

  test('queries and names are those of the whole episode, not of the last window', () => {
    const tallies = new Tallies()
    const episodes = keeper({}, tallies)
    for (let n = 0; n < 20; n++) {
      const at = T0 + n * MINUTE
      tallies.add(lookup({ at, id: n, source: '10.0.0.1', qname: `name-${n % 15}.alpha.com` }))
      episodes.observe(findingOf({ at: at + 10_000, firstSeenAt: at, lastSeenAt: at, queries: 1, distinctNames: 1 }))
    }
    episodes.finish(T0 + 20 * MINUTE)
    expect(only(episodes.takeDrafts())).toMatchObject({ queries: 20, distinctNames: 15, firstSeenAt: T0, lastSeenAt: T0 + 19 * MINUTE })
  })

  test('what a detector counted further back than memory reaches is not lost', () => {
    const tallies = new Tallies()
    const episodes = keeper({}, tallies)
    tallies.add(lookup({ at: T0, id: 1, source: '10.0.0.1', qname: 'a.alpha.com' }))
    episodes.observe(findingOf({ at: T0 + 10_000, firstSeenAt: T0 - 20 * HOUR, queries: 101, distinctNames: 90 }))
    tallies.add(lookup({ at: T0 + MINUTE, id: 2, source: '10.0.0.1', qname: 'b.alpha.com' }))
    episodes.observe(findingOf({ at: T0 + MINUTE + 10_000, queries: 1 }))
    episodes.finish(T0 + 2 * MINUTE)
    expect(only(episodes.takeDrafts())).toMatchObject({ queries: 102, distinctNames: 90, firstSeenAt: T0 - 20 * HOUR })
  })

  test('the first minutes of a long episode are kept, 1,440 in all', () => {
    const minute = (n: number): EvidenceMinute => ({
      at: T0 + n * MINUTE,
      queries: 1,
      distinctNames: 1,
      entropyBits: 3,
      length: 10,
      byType: {},
    })
    const episodes = keeper()
    for (let n = 0; n < 2_000; n += 5)
      episodes.observe(
        findingOf({ at: T0 + n * MINUTE, evidence: { ...emptyEvidence, minutes: [0, 1, 2, 3, 4].map((k) => minute(n + k)) } }),
      )
    episodes.finish(T0 + 2_000 * MINUTE)
    const { minutes } = only(episodes.takeDrafts()).evidence
    expect(minutes).toHaveLength(1_440)
    expect([minutes[0]?.at, minutes.at(-1)?.at]).toEqual([T0, T0 + 1_999 * MINUTE])
  })

  test('process starts seen by two overlapping windows are counted once', () => {
    const start = (at: number): ProcessStart => ({
      ...{ at, eventId: at, commandLine: null, args: [], queryType: null, target: null, server: null, parentName: null, user: null },
    })
    const window = (at: number, starts: number[]) =>
      findingOf({
        ...{ at, zone: null, source: 'host-1', firstSeenAt: starts[0] ?? at, lastSeenAt: starts.at(-1) ?? at, queries: starts.length },
        evidence: { ...emptyEvidence, processStarts: starts.map(start) },
      })
    const episodes = keeper()
    episodes.observe(window(T0 + 10, [T0, T0 + 1, T0 + 2]))
    episodes.observe(window(T0 + MINUTE, [T0 + 2, T0 + 3]))
    episodes.observe(window(T0 + 2 * MINUTE, [T0 + 50_000, T0 + 50_001]))
    episodes.finish(T0 + 2 * MINUTE)
    const draft = only(episodes.takeDrafts())
    expect(draft.queries).toBe(6)
    expect(draft.evidence.processStarts.map((entry) => entry.at - T0)).toEqual([0, 1, 2, 3, 50_000, 50_001])
  })
})

describe('reports', () => {
  test('at once, then at most every 60 s of event time, and at the end', () => {
    const episodes = keeper()
    let reports = 0
    for (let at = T0; at <= T0 + 2 * MINUTE; at += 10_000) {
      episodes.observe(findingOf({ at }))
      reports += episodes.takeDrafts().length
    }
    expect(reports).toBe(3)
    episodes.observe(findingOf({ at: T0 + 2 * MINUTE + 10_000 }))
    episodes.finish(T0 + 3 * MINUTE)
    expect(episodes.takeDrafts()).toHaveLength(1)
    episodes.finish(T0 + 3 * MINUTE)
    expect(episodes.takeDrafts()).toEqual([])
  })
})

describe('an alarm of an earlier analysis', () => {
  const earlier = (): AlarmDraft => {
    const episodes = keeper()
    episodes.observe(findingOf({ at: T0, queries: 40, distinctNames: 30 }))
    return only(episodes.takeDrafts())
  }

  test('is continued under its id, its figures added to', () => {
    const existing = earlier()
    const tallies = new Tallies()
    const episodes = keeper({ findEpisode: () => existing, observedFromMs: T0 + MINUTE }, tallies)
    tallies.add(lookup({ at: T0 + 2 * MINUTE, id: 1, source: '10.0.0.1', qname: 'new.alpha.com' }))
    episodes.observe(findingOf({ at: T0 + 3 * MINUTE }))
    expect(only(episodes.takeDrafts())).toMatchObject({ id: existing.id, openedAt: T0, queries: 41, distinctNames: 31, recurrences: 0 })
  })

  test('whose events are all observed again is counted anew', () => {
    const existing = earlier()
    const tallies = new Tallies()
    const episodes = keeper({ findEpisode: () => existing, observedFromMs: T0 - HOUR }, tallies)
    for (let n = 0; n < 50; n++) tallies.add(lookup({ at: T0 - MINUTE + n, id: n, source: '10.0.0.1', qname: `${n}.alpha.com` }))
    episodes.observe(findingOf({ at: T0 }))
    expect(only(episodes.takeDrafts())).toMatchObject({ id: existing.id, queries: 50, distinctNames: 50 })
  })
})
