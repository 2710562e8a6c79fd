import { describe, expect, test } from 'vitest'
import { draftOf, EMPTY_DRAFT, tidyDomain } from './entry-draft'
import { entryState, sortEntries } from './entry-state'

test.each([
  ['*.Example.NET', 'example.net'],
  ['.example.net.', 'example.net'],
  ['https://updates.example.net/path?x=1#y', 'updates.example.net'],
  ['  example.net ', 'example.net'],
])('a pasted %s becomes %s', (pasted, tidy) => {
  expect(tidyDomain(pasted)).toBe(tidy)
})

describe('a draft', () => {
  test('with empty scope means all sources and all detectors', () => {
    expect(draftOf({ ...EMPTY_DRAFT, domain: 'example.net', reason: 'ours' })).toEqual({
      draft: { domain: 'example.net', source: null, detector: null, reason: 'ours', family: null, days: 30 },
    })
  })

  test('without domain and reason names both', () => {
    const result = draftOf(EMPTY_DRAFT)
    expect('errors' in result && Object.keys(result.errors).sort()).toEqual(['domain', 'reason'])
  })
})

describe('an entry', () => {
  const now = Date.UTC(2026, 10, 21)
  const day = 86_400_000
  test.each([
    [{ removedAt: null, expiresAt: now + 30 * day }, 'active'],
    [{ removedAt: null, expiresAt: now + 6 * day }, 'expiring'],
    [{ removedAt: null, expiresAt: now }, 'expired'],
    [{ removedAt: now - day, expiresAt: now + 30 * day }, 'removed'],
  ] as const)('%o is %s', (entry, state) => {
    expect(entryState(entry, now)).toBe(state)
  })

  test('that ends sooner comes first, ended ones last', () => {
    const entry = (id: string, expiresAt: number, removedAt: number | null = null) => ({
      id,
      domain: 'example.net',
      source: null,
      detector: null,
      reason: 'ours',
      family: null,
      createdAt: 0,
      createdByUserId: 'u',
      createdByName: 'Mira',
      expiresAt,
      removedAt,
      removedByName: null,
      hiddenAlarms: 0,
      lastHitAt: null,
      alarmId: null,
    })
    const sorted = sortEntries([entry('gone', now + day, now), entry('late', now + 9 * day), entry('soon', now + day)], now)
    expect(sorted.map(({ id }) => id)).toEqual(['soon', 'late', 'gone'])
  })
})
