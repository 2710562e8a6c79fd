import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { SeverityBadge, type SeverityLevel } from './severity-badge'

const LEVELS: readonly (readonly [SeverityLevel, string, string])[] = [
  ['critical', 'Critical', 'C'],
  ['high', 'High', 'H'],
  ['medium', 'Medium', 'M'],
  ['low', 'Low', 'L'],
  ['info', 'Info', 'I'],
]

/** What a screen reader says: the text that is not hidden from it. */
function spokenOf(container: HTMLElement): string {
  const copy = container.cloneNode(true) as HTMLElement
  for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
  return copy.textContent ?? ''
}

test.each(LEVELS)('%s is said as "%s severity" in every look', (severity, word, letter) => {
  for (const look of ['full', 'compact', 'bars'] as const) {
    const { container, unmount } = render(<SeverityBadge severity={severity} look={look} />)
    expect(spokenOf(container)).toBe(`${word} severity`)
    expect(container.querySelector('span[aria-hidden=true]')?.textContent).toBe(look === 'compact' ? letter : word)
    unmount()
  }
})

test('no two levels share a shape', () => {
  const shapes = LEVELS.map(([severity]) => render(<SeverityBadge severity={severity} />).container.querySelector('path'))
  const drawn = shapes.map((path) => `${path?.getAttribute('d')} ${path?.getAttribute('fill')}`)
  expect(new Set(drawn).size).toBe(LEVELS.length)
})
