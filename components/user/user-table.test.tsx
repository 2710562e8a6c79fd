import { describe, expect, test } from 'vitest'
import type { User } from '@/lib/api/contracts/users'
import { temporaryPassword } from '@/lib/domain/temporary-password'
import { userErrors } from './add-user-dialog'
import { isLastAdmin } from './user-table'

const user = (id: string, role: User['role'], disabled = false): User => ({
  id,
  name: id,
  email: `${id}@example.org`,
  role,
  disabled,
  createdAt: 0,
})

describe('the last admin', () => {
  test.each([
    ['alone', [user('ada', 'admin'), user('nia', 'analyst')], true],
    ['beside another', [user('ada', 'admin'), user('mo', 'admin')], false],
    ['beside a disabled one', [user('ada', 'admin'), user('mo', 'admin', true)], true],
  ] as const)('%s', (_case, users, last) => {
    expect(isLastAdmin(users[0], users)).toBe(last)
  })
})

test('a temporary password is long enough for the server and readable aloud', () => {
  expect(temporaryPassword(new Uint8Array(20).map((_, index) => index * 13))).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){3}[0-9a-hjkmnp-tv-z]{5}$/)
})

test('each field that is not right is named', () => {
  expect(Object.keys(userErrors({ name: ' ', email: 'mira', role: 'analyst', password: 'short' })).sort()).toEqual([
    'email',
    'name',
    'password',
  ])
  expect(userErrors({ name: 'Mira', email: 'mira@example.org', role: 'analyst', password: 'long enough 12' })).toEqual({})
})
