import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { testAlarm } from '@/components/alarm/testing-alarm'
import { ToastProvider } from '@/components/ui/toast'
import { createOutbox } from '@/lib/queries/outbox'
import { CurrentUserProvider } from './current-user'
import { OutboxHost } from './outbox-host'
import './outbox-panel'

vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })

let posts: { path: string; version: number }[]
let answer: (path: string) => Response

const taken = (id: string, version: number) => {
  const event = { id: 'e', alarmId: id, at: 1, action: 'closed', byUserId: 'u', byName: 'Nia', note: null, detail: null, undoneById: null }
  return { alarm: testAlarm({ id, status: 'closed', version }), event, hiddenAlarms: 0 }
}

beforeEach(() => {
  window.localStorage.clear()
  posts = []
  answer = (path) => Response.json(taken(path.split('/')[4] ?? '', 2))
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if (path.endsWith('/me')) return Response.json({ user: { id: 'u' } })
    if (init.method !== 'POST') return Response.json({})
    posts.push({ path, version: JSON.parse(String(init.body)).expectedVersion })
    return answer(path)
  })
})

const keep = (id: string, note: string | null = null) =>
  createOutbox('u', window.localStorage).add({
    at: 1,
    about: 'a.example <b>',
    input: {
      alarm: { id, version: 1, status: 'open' },
      decision: { kind: 'close', reason: 'duplicate', family: null, note, allowlist: null },
    },
  })

const show = (isLost: boolean) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <CurrentUserProvider user={{ userId: 'u', name: 'Nia', email: null, role: 'analyst' }}>
          <OutboxHost isLost={isLost} />
        </CurrentUserProvider>
      </ToastProvider>
    </QueryClientProvider>,
  )

test('what waits is listed while the connection is lost, and can be taken out', async () => {
  keep('ALM-1')
  keep('ALM-2')
  show(true)
  expect(await screen.findByText('Waiting to be sent (2).')).toBeTruthy()
  expect(posts).toEqual([])
  act(() => void fireEvent.click(screen.getByRole('button', { name: 'Take ALM-1 out; it is not sent' })))
  expect(await screen.findByText('Waiting to be sent (1).')).toBeTruthy()
  act(() => void fireEvent.click(screen.getByRole('button', { name: 'Take ALM-2 out; it is not sent' })))
  await waitFor(() => expect(screen.queryByText(/Waiting to be sent/)).toBeNull())
  expect(posts).toEqual([])
})

test('once the server answers, all of it goes out in order', async () => {
  keep('ALM-1')
  keep('ALM-2')
  show(false)
  await waitFor(() => expect(posts.map(({ path }) => path.split('/')[4])).toEqual(['ALM-1', 'ALM-2']))
  await waitFor(() => expect(screen.queryByText(/Waiting to be sent/)).toBeNull())
})

test('someone who was faster is named, the note is kept, and one’s own decision can still be stored', async () => {
  keep('ALM-1', 'checked with the owner')
  const alarm = testAlarm({ id: 'ALM-1', status: 'escalated', version: 5 })
  const lastEvent = { ...taken('ALM-1', 5).event, action: 'escalated', byName: 'Mira' }
  answer = () => Response.json({ type: '/problems/conflict', title: 'Conflict', status: 409, alarm, lastEvent }, { status: 409 })
  show(false)
  const dialog = await screen.findByRole('dialog', { name: 'Someone decided first' })
  expect(dialog.textContent).toContain('Mira escalated this')
  expect(dialog.textContent).toContain('checked with the owner')
  answer = () => Response.json(taken('ALM-1', 6))
  act(() => void fireEvent.click(screen.getByRole('button', { name: 'Apply mine' })))
  await waitFor(() => expect(posts.map(({ version }) => version)).toEqual([1, 5]))
  await waitFor(() => expect(screen.queryByText(/Waiting to be sent/)).toBeNull())
})
