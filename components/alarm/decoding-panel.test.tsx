import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { DecodingPanel } from './decoding-panel'

const decoding = {
  encoding: 'base32 (RFC 4648)',
  confidence: 1,
  characters: 412,
  names: 14,
  bytes: 254,
  preview: 'passwords.txt <img src=x onerror=alert(1)> \u202Egnp.exe',
  magic: null,
  refusal: null,
}

test('the decoded text is masked until it is asked for, and inert when shown', () => {
  render(<DecodingPanel decoding={decoding} />)
  expect(screen.getByText(/passwords\.txt/).closest('[hidden]')).not.toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Show decoded text' }))
  const text = screen.getByText(/passwords\.txt/)
  expect(text.closest('[hidden]')).toBeNull()
  expect(text.textContent).toContain('\\u{202e}')
  expect(document.querySelector('img')).toBeNull()
})

test('a refusal is said and nothing can be unfolded', () => {
  render(<DecodingPanel decoding={{ ...decoding, preview: null, refusal: 'Encrypted or compressed: 7.9 bits per byte.' }} />)
  expect(screen.getByText('Encrypted or compressed: 7.9 bits per byte.')).toBeDefined()
  expect(screen.queryByRole('button')).toBeNull()
})

test('certainty is never rounded up to 100 %', () => {
  render(<DecodingPanel decoding={decoding} />)
  expect(screen.getByText('base32 (RFC 4648), 99.9 % sure from 412 characters')).toBeDefined()
})
