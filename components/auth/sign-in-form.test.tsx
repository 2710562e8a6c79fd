import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { SignInForm } from './sign-in-form'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => new Response(JSON.stringify(body), { status, headers })),
  )

afterEach(() => vi.unstubAllGlobals())

function fill(email: string, password: string) {
  fireEvent.change(screen.getByRole('textbox', { name: 'E-mail' }), { target: { value: email } })
  fireEvent.change(screen.getByLabelText('Password', { exact: true }), { target: { value: password } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
}

test('what is missing is named at its field, which gets focus, and nothing is sent', () => {
  answer(200, {})
  render(<SignInForm onSignedIn={() => {}} />)
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  const email = screen.getByRole('textbox', { name: 'E-mail' })
  expect(email.getAttribute('aria-invalid')).toBe('true')
  expect(document.activeElement).toBe(email)
  expect(screen.getByText('Enter your password.')).toBeTruthy()
  expect(fetch).not.toHaveBeenCalled()
})

test('the right password signs in', async () => {
  answer(200, { token: 'x' })
  const signedIn = vi.fn()
  render(<SignInForm onSignedIn={signedIn} />)
  fill(' mira@example.org ', 'correct horse')
  await waitFor(() => expect(signedIn).toHaveBeenCalled())
  expect(vi.mocked(fetch).mock.calls[0]?.[1]?.body).toBe('{"email":"mira@example.org","password":"correct horse"}')
})

test.each([
  [401, { code: 'INVALID_EMAIL_OR_PASSWORD' }, {}, /wrong/],
  [429, {}, { 'x-retry-after': '42' }, /again in 42 s/],
  [403, { code: 'BANNED_USER' }, {}, /disabled/],
  [403, { code: 'INVALID_ORIGIN' }, {}, /DOWSER_URL/],
  [503, {}, {}, /did not answer/],
] as const)('status %d is explained', async (status, body, headers, words) => {
  answer(status, body, headers)
  render(<SignInForm onSignedIn={() => {}} />)
  fill('mira@example.org', 'nope')
  expect((await screen.findByRole('alert')).textContent).toMatch(words)
})
