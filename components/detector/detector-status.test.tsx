import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { LearningBadge, missingOf, runsBehind } from './detector-status'

afterEach(cleanup)

const part = (label: string, have: number, need: number | null) => ({ label, have, need })
const learning = (warm: boolean, ...parts: ReturnType<typeof part>[]) => ({ warm, sentence: 'x', parts })

describe('what a detector still has to learn', () => {
  test.each([
    [[part('Quiet hours', 9, 24)], '9 of 24 quiet hours'],
    [[part('Samples', 150, 200), part('Hours', 2, 24)], '2 of 24 hours'],
    [[part('Domains', 3, 3)], null],
    [[part('Domains', 3, null)], null],
  ])('%j: %s', (parts, missing) => {
    expect(missingOf(learning(false, ...parts))).toBe(missing)
  })

  test('is said only of detectors that learn', () => {
    const { container, rerender } = render(<LearningBadge status={{ learning: null, runs: null }} />)
    expect(container.textContent).toBe('')
    rerender(<LearningBadge status={{ learning: learning(false, part('Quiet hours', 1, 24)), runs: null }} />)
    expect(screen.getByText('Still learning: 1 of 24 quiet hours')).toBeDefined()
    rerender(<LearningBadge status={{ learning: learning(true), runs: null }} />)
    expect(screen.getByText('Has learned this network')).toBeDefined()
  })
})

describe('runs that are behind', () => {
  const runs = { lastAt: 1_000, nextAt: 1_300 }
  test.each([
    ['none before the next is due', runs, 1_299, '0'],
    ['one when it is due', runs, 1_300, '1'],
    ['one for every interval that passed', runs, 2_000, '3'],
    ['none when nothing came that a run would look at', { lastAt: 1_000, nextAt: null }, 2_000, '0'],
    ['not known before the first', { lastAt: null, nextAt: 1_300 }, 2_000, 'not known'],
    ['not known while nothing was looked at', runs, null, 'not known'],
  ])('%s', (_name, known, lookedUntil, value) => {
    expect(runsBehind(known, lookedUntil).value).toBe(value)
  })
})
