import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Role } from '@/lib/domain/permission'
import { CurrentUserProvider } from '../current-user'
import { usePageActions } from '../page-actions'
import { openPalette, PaletteHost } from '../palette-host'

vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 15_000 })

const push = vi.hoisted(() => vi.fn())
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/alarms' }))

const run = vi.fn()
function Offering() {
  usePageActions(() => ({ subject: 'ALM-A one.example', actions: [{ label: 'Escalate', keys: 's', run }] }))
  return null
}

beforeEach(() => {
  push.mockClear()
  run.mockClear()
  window.localStorage.clear()
  vi.stubGlobal('fetch', async (path: string) =>
    Response.json(
      path.includes('/views')
        ? { views: [] }
        : { rows: [], nextCursor: null, total: 0, counts: { status: {}, severity: {}, detector: {} }, changeNumber: 1 },
    ),
  )
})

function show(role: Role = 'analyst') {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CurrentUserProvider user={{ userId: 'u', name: 'Nia', email: null, role }}>
        <Offering />
        <PaletteHost />
      </CurrentUserProvider>
    </QueryClientProvider>,
  )
}
const pressCtrlK = () => act(() => void fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true }))
const input = () => screen.findByRole('combobox', { name: /search pages/i })

describe('the command palette', () => {
  test('opens on Ctrl K with what the page offers first, and Enter does it once the palette is gone', async () => {
    show()
    pressCtrlK()
    const field = await input()
    expect(screen.getByText('ALM-A one.example')).toBeTruthy()
    act(() => void fireEvent.change(field, { target: { value: 'escalate' } }))
    await waitFor(() => expect(screen.getAllByRole('option').map((option) => option.textContent)[0]).toMatch(/^Escalate/))
    act(() => void fireEvent.keyDown(field, { key: 'Enter' }))
    await waitFor(() => expect(run).toHaveBeenCalledTimes(1))
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
  })

  test('goes to a page that the role may see', async () => {
    show('manager')
    pressCtrlK()
    const field = await input()
    act(() => void fireEvent.change(field, { target: { value: 'go to audit' } }))
    await waitFor(() => expect(screen.getAllByRole('option').map((option) => option.textContent)[0]).toMatch(/^Audit/))
    act(() => void fireEvent.keyDown(field, { key: 'Enter' }))
    await waitFor(() => expect(push).toHaveBeenCalledWith('/audit'))
  })

  test('leaves Ctrl K alone while shortcuts are off, and still opens by its button', async () => {
    window.localStorage.setItem('dowser.single-keys', 'off')
    show()
    pressCtrlK()
    expect(screen.queryByRole('combobox')).toBeNull()
    act(openPalette)
    await input()
    expect(screen.queryByText('s', { selector: 'kbd' })).toBeNull()
  })
})
