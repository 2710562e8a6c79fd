import { render } from '@testing-library/react'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { InertText, inertText } from './inert-text'

test('markup, control and direction characters cannot act', () => {
  const { container } = render(<InertText text={'<b>x</b>\u202E\u0007'} />)
  expect(container.textContent).toBe('<b>x</b>\\u{202e}\\007')
  expect(container.querySelector('b')).toBeNull()
})

test('ordinary text of any script stays as it is', () => {
  for (const text of ['Zürich', '東京', 'שלום', 'नमस्ते', 'e\u0301']) expect(inertText(text)).toBe(text)
})

test('a pile of combining marks keeps two', () => {
  expect(inertText(`a${'\u0301'.repeat(50)}`)).toMatch(/^a\u0301\u0301\\u\{301\}/)
})

test('line feeds stay only where several lines are meant', () => {
  expect(inertText('a\nb')).toBe('a\\010b')
  expect(inertText('a\n\tb', true)).toBe('a\n\tb')
})

// Any code points, halves of surrogate pairs among them.
const anyText = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 80 }).map((codes) => String.fromCodePoint(...codes))
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/u

test('whatever comes in, nothing invisible or directional comes out', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      return !INVISIBLE.test(inertText(text))
    }),
  )
})
