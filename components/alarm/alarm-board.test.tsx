import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { NuqsTestingAdapter } from 'nuqs/adapters/testing'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CurrentUserProvider } from '@/components/shell/current-user'
import { ToastProvider } from '@/components/ui/toast'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { AlarmRow } from '@/lib/domain/alarm'
import type { AlarmUnit, LeftAlarm } from '@/lib/domain/alarm-unit'
import type { Role } from '@/lib/domain/permission'
import { AlarmBoard } from './alarm-board'
import { testAlarm, testRow } from './testing-alarm'

// Looking up roles in jsdom takes long on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })

const push = vi.fn()
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/alarms' }))

const HOSTILE = '<img src=x onerror=alert(1)>'
const rows: AlarmRow[] = [
  testRow({ id: 'ALM-A', zone: 'one.example' }),
  testRow({ id: 'ALM-B', zone: 'two.example', summary: `${HOSTILE} \u202Etxt.exe` }),
  testRow({ id: 'ALM-C', zone: 'three.example' }),
]

type Answer = { readonly status: number; readonly body: unknown }
let posts: { path: string; body: unknown }[]
let listed: AlarmRow[]
let changeNumber: number
let unit: AlarmUnit
let leftAlone: LeftAlarm[]
let answerPost: (path: string, body: unknown) => Answer | Promise<Answer>

const list = (): ListAlarmsResponse => ({
  rows: listed,
  nextCursor: null,
  total: listed.length,
  counts: { status: { open: listed.length }, severity: { high: listed.length }, detector: {} },
  changeNumber,
})

function answerGet(path: string): Answer {
  if (path.startsWith('/alarms/changes')) return { status: 200, body: { changeNumber, openAlarms: listed.length } }
  if (path.startsWith('/alarms?')) return { status: 200, body: list() }
  if (path.startsWith('/views/counts')) return { status: 200, body: { unassigned: 3, mine: 0, openHigh: 2, closedToday: 1 } }
  if (path === '/views') return { status: 200, body: { views: [] } }
  if (path.startsWith('/selections/units/')) return { status: 200, body: { unit, leftAlone } }
  if (path.startsWith('/sources')) {
    return {
      status: 200,
      body: { intakes: [], totals: { dnsEvents: 0, processEvents: 0, firstEventAt: null, lastEventAt: null }, formats: [] },
    }
  }
  return { status: 404, body: { type: '/problems/not-found', title: 'Not found', status: 404 } }
}

/** A server that freezes what it is sent and stores a decision at once. */
function answerSelection(path: string, body: unknown): Answer {
  if (path === '/selections') {
    const named = (body as { alarms?: { id: string }[] }).alarms
    const ids = named?.map(({ id }) => id) ?? ['ALM-A', 'ALM-B']
    const selection = { id: 'sel', byUserId: 'u', createdAt: 1, expiresAt: 2, count: named ? ids.length : 1_284 }
    return { status: 201, body: { selection, alarmIds: ids } }
  }
  const undone = path.endsWith('/undo')
  const { decision } = body as { decision?: { kind: 'close'; reason: 'duplicate'; family: null; note: null } }
  unit = {
    ...unit,
    id: undone ? 'unit-undo' : 'unit-1',
    undoesUnitId: undone ? 'unit-1' : null,
    change: decision && !undone ? decision : { kind: 'undo', of: 'close' },
  }
  return { status: 202, body: { unit } }
}

const closedAnswer = (id: string): Answer => {
  const event = {
    id: `event-${id}`,
    alarmId: id,
    at: 1,
    action: 'closed',
    byUserId: 'u',
    byName: 'Nia',
    note: null,
    detail: null,
    undoneById: null,
  }
  return { status: 200, body: { alarm: testAlarm({ id, status: 'closed', version: 2 }), event, hiddenAlarms: 0 } }
}

beforeEach(() => {
  posts = []
  listed = rows
  changeNumber = 1
  leftAlone = []
  unit = {
    id: 'unit-1',
    selectionId: 'sel',
    undoesUnitId: null,
    change: { kind: 'close', reason: 'duplicate', family: null, note: null },
    total: 2,
    changed: 2,
    left: 0,
    byUserId: 'u',
    byName: 'Nia',
    at: 5,
    finishedAt: 6,
    undoneById: null,
  }
  answerPost = (path) => closedAnswer(path.split('/')[2] ?? '')
  push.mockClear()
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const path = input.replace('/api/v1', '')
    if (init?.method === undefined || init.method === 'GET') return json(answerGet(path))
    const body: unknown = JSON.parse(String(init.body))
    posts.push({ path, body })
    return json(await answerPost(path, body))
  })
})

const json = ({ status, body }: Answer) => new Response(JSON.stringify(body), { status })

async function showBoard(role: Role = 'analyst', client = new QueryClient({ defaultOptions: { queries: { retry: false } } })) {
  render(
    <QueryClientProvider client={client}>
      <NuqsTestingAdapter hasMemory>
        <ToastProvider>
          <CurrentUserProvider user={{ userId: 'u', name: 'Nia', email: null, role }}>
            <AlarmBoard detectors={[{ id: 'dns_lookup_tunneling', title: 'Lookup tunnel' }]} />
          </CurrentUserProvider>
        </ToastProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  )
  return client
}

const rowNames = () => [...document.querySelectorAll('[data-alarm]')].map((row) => row.getAttribute('data-alarm'))
const press = (...keys: string[]) => {
  for (const key of keys) act(() => void fireEvent.keyDown(document.activeElement ?? document.body, { key }))
}
const activeRow = () => document.querySelector('[data-alarm][data-active]')?.getAttribute('data-alarm')
const selectedRows = () => [...document.querySelectorAll('[data-alarm][aria-selected="true"]')].map((row) => row.getAttribute('data-alarm'))

describe('the queue', () => {
  test('j and k move one row at a time and stop at the ends; Enter opens', async () => {
    await showBoard()
    await screen.findByText('one.example')
    expect(activeRow()).toBe('ALM-A')
    press('j', 'j', 'j')
    expect(activeRow()).toBe('ALM-C')
    press('k', 'Enter')
    expect(push).toHaveBeenCalledWith('/alarms/ALM-B')
  })

  test('e 5 closes as duplicate: the row leaves before the server answers and the cursor goes on', async () => {
    let answer: (answer: Answer) => void = () => {}
    answerPost = () => new Promise<Answer>((resolve) => (answer = resolve))
    await showBoard()
    await screen.findByText('one.example')
    press('e', '5')
    await waitFor(() => expect(rowNames()).toEqual(['ALM-B', 'ALM-C']))
    expect(activeRow()).toBe('ALM-B')
    expect(posts).toEqual([
      { path: '/alarms/ALM-A/close', body: { expectedVersion: 1, reason: 'duplicate', family: null, note: null, allowlist: null } },
    ])
    await act(async () => answer(closedAnswer('ALM-A')))
    expect(await screen.findByText('Closed as Duplicate')).toBeTruthy()
  })

  test('z brings the row back to where it was, with the cursor and the focus on it', async () => {
    answerPost = (path) => {
      const id = path.split('/')[2] ?? ''
      if (!path.endsWith('/undo')) return closedAnswer(id)
      const event = {
        id: 'undo',
        alarmId: id,
        at: 2,
        action: 'undone',
        byUserId: 'u',
        byName: 'Nia',
        note: null,
        detail: null,
        undoneById: null,
      }
      return { status: 200, body: { alarm: testAlarm({ id, version: 3 }), event, hiddenAlarms: 0 } }
    }
    await showBoard()
    await screen.findByText('two.example')
    press('j', 'e', '5')
    await screen.findByText('Closed as Duplicate')
    expect(rowNames()).toEqual(['ALM-A', 'ALM-C'])
    press('z')
    await screen.findByText('Undone')
    expect(rowNames()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    expect(activeRow()).toBe('ALM-B')
    await waitFor(() => expect(document.activeElement?.id).toBe('row-ALM-B'))
    expect(posts[1]).toEqual({ path: '/alarms/ALM-B/undo', body: { expectedVersion: 2, eventId: 'event-ALM-B' } })
  })

  test('coming back from an alarm, the cursor is on it', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    client.setQueryData(['walked-alarms'], { filter: { sort: 'worst' }, search: '', alarmId: 'ALM-C' })
    await showBoard('analyst', client)
    await screen.findByText('three.example')
    await waitFor(() => expect(document.activeElement?.id).toBe('row-ALM-C'))
  })

  test('a refused decision puts the row back where it was and says why', async () => {
    answerPost = () => ({ status: 422, body: { type: '/problems/invalid', title: 'Invalid', status: 422, detail: 'It will not do.' } })
    await showBoard()
    await screen.findByText('one.example')
    press('j', 'e', '3', 'b')
    expect(await screen.findAllByText('It will not do.')).not.toHaveLength(0)
    expect(rowNames()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    expect(posts[0]?.body).toMatchObject({ reason: 'benign-positive', family: 'cdn' })
  })

  test('a conflict names who was first and keeps nothing of ours unless asked', async () => {
    const decision = { reason: 'benign-positive', family: 'cdn', note: null, byUserId: 'm', byName: 'Mira', at: 1 }
    const alarm = testAlarm({
      id: 'ALM-A',
      status: 'closed',
      version: 7,
      decision: { ...decision, reason: 'benign-positive', family: 'cdn' },
    })
    answerPost = () => ({ status: 409, body: { type: '/problems/conflict', title: 'Conflict', status: 409, alarm, lastEvent: null } })
    await showBoard()
    await screen.findByText('one.example')
    press('e', '5')
    const dialog = await screen.findByRole('dialog', { name: 'Someone decided first' })
    expect(dialog.textContent).toContain('Mira')
    expect(dialog.textContent).toContain('CDN')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Keep theirs' }))
    expect(posts).toHaveLength(1)
  })

  test('keys typed into the search are text, and decide nothing', async () => {
    await showBoard()
    await screen.findByText('one.example')
    press('/')
    const search = screen.getByRole('combobox', { name: 'Search alarms' })
    expect(document.activeElement).toBe(search)
    press('e', '5', 's', 'j', 'z')
    expect(posts).toEqual([])
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(activeRow()).toBe('ALM-A')
  })

  test('a finished field of the search becomes a filter, half a one waits and is not lost', async () => {
    await showBoard()
    await screen.findByText('one.example')
    const search = screen.getByRole<HTMLInputElement>('combobox', { name: 'Search alarms' })
    fireEvent.change(search, { target: { value: 'severity:high beacon zone:t.ex' } })
    expect(await screen.findByRole('button', { name: 'Remove filter severity: high' })).toBeTruthy()
    expect(search.value).toBe('beacon zone:t.ex')
    expect(await screen.findByRole('button', { name: 'Remove filter text: beacon' })).toBeTruthy()
    expect(search.value).toBe('beacon zone:t.ex')
    fireEvent.keyDown(search, { key: 'Enter' })
    expect(await screen.findByRole('button', { name: 'Remove filter zone: t.ex' })).toBeTruthy()
    expect(search.value).toBe('beacon')
  })

  test('a role that may not decide has no decision keys', async () => {
    await showBoard('manager')
    await screen.findByText('one.example')
    press('e', '5', 's', 'Enter', 'z')
    expect(posts).toEqual([])
  })

  test('markup and direction overrides from a log stay text', async () => {
    await showBoard()
    const summary = await screen.findByText(/onerror/)
    expect(summary.textContent).toBe(`${HOSTILE} \\u{202e}txt.exe`)
    expect(document.querySelector('img')).toBeNull()
  })

  test('what comes in waits behind a button and does not move a row', async () => {
    const client = await showBoard()
    await screen.findByText('one.example')
    listed = [testRow({ id: 'ALM-NEW', zone: 'new.example' }), ...rows]
    changeNumber = 2
    await act(() => client.invalidateQueries({ queryKey: ['alarms', 'changes'] }))
    const pill = await screen.findByRole('button', { name: /1 new/ })
    expect(rowNames()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    fireEvent.click(pill)
    await waitFor(() => expect(rowNames()[0]).toBe('ALM-NEW'))
    expect(activeRow()).toBe('ALM-A')
  })

  test('an empty queue without any log says so, and not that all is clear', async () => {
    listed = []
    await showBoard()
    expect(await screen.findByText('No log has been read yet')).toBeTruthy()
    expect(screen.queryByText('Nothing open')).toBeNull()
  })
})

describe('a selection', () => {
  beforeEach(() => {
    answerPost = answerSelection
  })

  test('x and Shift+Down pick rows; e 5 closes exactly those, as they were seen, and z takes the unit back', async () => {
    await showBoard()
    await screen.findByText('one.example')
    press('x')
    act(() => void fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown', shiftKey: true }))
    expect(selectedRows()).toEqual(['ALM-A', 'ALM-B'])
    expect(screen.getByRole('button', { name: 'Close 2' })).toBeTruthy()
    press('e', '5')
    expect(await screen.findByText('Closed as Duplicate · 2 alarms')).toBeTruthy()
    expect(posts).toEqual([
      {
        path: '/selections',
        body: {
          alarms: [
            { id: 'ALM-A', version: 1 },
            { id: 'ALM-B', version: 1 },
          ],
        },
      },
      { path: '/selections/sel/actions', body: { decision: { kind: 'close', reason: 'duplicate', family: null, note: null } } },
    ])
    expect(selectedRows()).toEqual([])
    press('z')
    await screen.findByText('Undone · 2 alarms')
    expect(posts[2]?.path).toBe('/selections/units/unit-1/undo')
  })

  test('* d freezes the domain on the server; so many are not stored by a single key, and the button says how many', async () => {
    await showBoard()
    await screen.findByText('one.example')
    press('*', 'd')
    await screen.findByText('1,284 alarms selected: one.example')
    expect(posts[0]?.body).toMatchObject({ filter: { zone: 'one.example', status: ['open'] } })
    press('e', '5')
    expect(posts).toHaveLength(1)
    fireEvent.click(await screen.findByRole('button', { name: 'Close 1,284 alarms' }))
    await waitFor(() => expect(posts).toHaveLength(2))
  })

  test('rows that come in do not join it', async () => {
    const client = await showBoard()
    await screen.findByText('one.example')
    press('*', 'a')
    listed = [testRow({ id: 'ALM-NEW', zone: 'new.example' }), ...rows]
    changeNumber = 2
    await act(() => client.invalidateQueries({ queryKey: ['alarms', 'changes'] }))
    fireEvent.click(await screen.findByRole('button', { name: /1 new/ }))
    await waitFor(() => expect(rowNames()[0]).toBe('ALM-NEW'))
    expect(selectedRows()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    press('*', 'n')
    expect(selectedRows()).toEqual([])
  })

  test('what someone else changed meanwhile is counted and listed', async () => {
    unit = { ...unit, changed: 1, left: 1 }
    leftAlone = [{ id: 'ALM-B', zone: 'two.example', source: null, status: 'closed' }]
    await showBoard()
    await screen.findByText('one.example')
    press('*', 'a', 'e', '5')
    expect((await screen.findAllByText(/1 changed meanwhile and was left/)).length).toBeGreaterThan(0)
    expect(screen.getByRole('link', { name: 'ALM-B' })).toBeTruthy()
  })

  test('m takes the row under the cursor', async () => {
    await showBoard()
    await screen.findByText('one.example')
    press('j', 'm')
    await waitFor(() => expect(posts).toHaveLength(2))
    expect(posts[1]?.body).toEqual({ decision: { kind: 'assign', ownerId: 'u' } })
  })

  test('a role that may not decide can select nothing', async () => {
    await showBoard('manager')
    await screen.findByText('one.example')
    press('x', '*', 'a', 'm')
    expect([selectedRows(), posts]).toEqual([[], []])
  })
})
