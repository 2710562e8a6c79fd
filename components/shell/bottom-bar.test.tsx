import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import type { Role } from '@/lib/domain/permission'
import { BottomBar } from './bottom-bar'
import { CurrentUserProvider } from './current-user'
import { forPhone, NAVIGATION } from './navigation'

// The sheet is loaded when it is first asked for.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })

const at = vi.hoisted(() => ({ pathname: '/alarms' }))
vi.mock('next/navigation', () => ({ usePathname: () => at.pathname, useRouter: () => ({ replace: () => {}, refresh: () => {} }) }))

afterEach(cleanup)

const show = (role: Role, pathname: string) => {
  at.pathname = pathname
  render(
    <CurrentUserProvider user={{ userId: 'u', name: 'Ada', email: null, role }}>
      <BottomBar openAlarms={7} />
    </CurrentUserProvider>,
  )
  return within(screen.getByRole('navigation', { name: 'Main' }))
}

test('a phone has four pages and More, and no page is lost', () => {
  const { first, rest } = forPhone(NAVIGATION)
  expect(first).toHaveLength(4)
  expect(first[0]?.href).toBe('/alarms')
  expect([...first, ...rest].map(({ href }) => href).toSorted()).toEqual(NAVIGATION.map(({ href }) => href).toSorted())
})

test('the bar names the page that is open and how many alarms wait', () => {
  const bar = show('admin', '/alarms')
  expect(bar.getAllByRole('link')).toHaveLength(4)
  expect(bar.getByRole('link', { name: 'Alarms, 7 open' }).getAttribute('aria-current')).toBe('page')
})

test('More holds the other pages and the account, and says when the open page is among them', async () => {
  const bar = show('admin', '/audit')
  fireEvent.click(bar.getByRole('button', { name: /the page you are on is among them/ }))
  const sheet = within(await screen.findByRole('dialog', { name: 'More' }))
  expect(sheet.getByRole('link', { name: 'Audit' }).getAttribute('aria-current')).toBe('page')
  expect(sheet.getByRole('button', { name: /Ada.*sign out/ })).toBeTruthy()
})

test('a role sees only its pages, wherever they stand', async () => {
  const bar = show('analyst', '/alarms')
  fireEvent.click(bar.getByRole('button', { name: 'More pages and your account' }))
  const sheet = within(await screen.findByRole('dialog', { name: 'More' }))
  expect(sheet.queryByRole('link', { name: 'Users' })).toBeNull()
})
