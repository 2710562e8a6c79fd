import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { emptyEvidence } from '@/lib/domain/evidence'
import { BenignPanel } from './benign-panel'
import { KnownPanel } from './known-panel'
import { SuppressedNotice } from './suppressed-notice'
import { testAlarm } from './testing-alarm'
import { TimingPanel } from './timing-panel'
import { TypeMixPanel } from './type-mix-panel'

afterEach(cleanup)

describe('what the alarm knows', () => {
  test('timing says in words what the bars show, and as a table', () => {
    const histogram = [{ fromMs: 905, toMs: 1_280, count: 84 }]
    render(
      <TimingPanel
        timing={{
          verdict: 'regular',
          gaps: 84,
          periodMs: 1_100,
          jitter: 0,
          share: 1,
          histogram,
          sentence: 'Regular: 100 % of 84 gaps lie near 1.1 seconds.',
        }}
      />,
    )
    expect(screen.getByRole('figure', { name: 'A steady beat' }).textContent).toContain('near 1.1 seconds')
    expect(screen.getByRole('button', { name: 'Show as table' })).toBeTruthy()
  })

  test('too few gaps draw nothing and say so', () => {
    render(
      <TimingPanel
        timing={{ verdict: 'too-few', gaps: 0, periodMs: null, jitter: null, share: 0, histogram: [], sentence: 'Too few lookups.' }}
      />,
    )
    expect(screen.getByText('Too few lookups.')).toBeTruthy()
    expect(screen.queryByRole('figure')).toBeNull()
  })

  test('record types without others to compare with say so in every row', () => {
    const rows = [{ type: 'TXT', own: 1, others: 0 }]
    render(<TypeMixPanel mix={{ rows, ownLookups: 9, otherLookups: 3, divergence: null, sentence: 'too few to compare with.' }} />)
    expect(screen.getByRole('row', { name: /TXT 100 % too few/ })).toBeTruthy()
  })

  test('a harmless family is shown with its observations and the source of its entry', () => {
    const entry = {
      suffix: 'e5.sk',
      what: 'ESET reputation look-ups',
      source: 'a public list',
      checked: '2026-11-21',
      holder: 'operator',
    } as const
    render(
      <BenignPanel
        benign={{
          family: 'scripted-application',
          confidence: 'strong',
          evidence: ['40 of 50 hosts ask.'],
          entry,
          overridden: 'The names are proven.',
        }}
      />,
    )
    expect(screen.getByText('Scripted look-ups')).toBeTruthy()
    expect(screen.getByText('40 of 50 hosts ask.')).toBeTruthy()
    expect(screen.getByText(/Source: a public list; checked 2026-11-21/)).toBeTruthy()
    expect(screen.getByText('The catalogue lowers nothing here.')).toBeTruthy()
  })

  test('bytes are ranges, and what the log does not tell is said', () => {
    const readability = { bits: 7, unreadableShare: 1, sentence: 'The names read like random letters.' }
    render(<KnownPanel evidence={{ ...emptyEvidence, bytesUp: { low: 1_000, high: 4_000 }, readability }} />)
    expect(screen.getByText(/^1(\.0)? kB to 4(\.0)? kB$/)).toBeTruthy()
    expect(screen.getByText('The log tells no sizes of answers.')).toBeTruthy()
  })
})

describe('why a hidden alarm is hidden', () => {
  test('the catalogue explains it', () => {
    const evidence = { ...emptyEvidence, suppression: 'benign catalogue: look-ups under e5.sk explain the names' }
    render(<SuppressedNotice alarm={testAlarm({ status: 'suppressed', evidence })} />)
    expect(screen.getByText(/benign catalogue: look-ups under e5\.sk/)).toBeTruthy()
    expect(screen.getByText(/you can reopen it now/)).toBeTruthy()
  })

  test('an allowlist entry hides it', () => {
    render(<SuppressedNotice alarm={testAlarm({ status: 'suppressed', suppressedByEntryId: 'E1' })} />)
    expect(screen.getByRole('link', { name: 'see the allowlist' }).getAttribute('href')).toBe('/allowlist')
  })
})
