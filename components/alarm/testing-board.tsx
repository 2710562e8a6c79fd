import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, configure, fireEvent, render } from '@testing-library/react'
import { NuqsTestingAdapter } from 'nuqs/adapters/testing'
import { vi } from 'vitest'
import { CurrentUserProvider } from '@/components/shell/current-user'
import { ToastProvider } from '@/components/ui/toast'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { AlarmRow } from '@/lib/domain/alarm'
import type { AlarmUnit, LeftAlarm } from '@/lib/domain/alarm-unit'
import type { Role } from '@/lib/domain/permission'
import { AlarmBoard } from './alarm-board'
import { testAlarm, testRow } from './testing-alarm'
// What the board loads when it is asked for, loaded here, so that no test waits for it.
import '@/components/queue/bulk-layer'
import '@/components/ui/toast-view'
import './decision-layer'

// Looking up roles in jsdom takes long on a busy machine.
configure({ asyncUtilTimeout: 10_000 })

export const HOSTILE = '<img src=x onerror=alert(1)>'
export const rows: AlarmRow[] = [
  testRow({ id: 'ALM-A', zone: 'one.example' }),
  testRow({ id: 'ALM-B', zone: 'two.example', summary: `${HOSTILE} \u202Etxt.exe` }),
  testRow({ id: 'ALM-C', zone: 'three.example' }),
]

export type Answer = { readonly status: number; readonly body: unknown }

const firstUnit = (): AlarmUnit => ({
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
})

/** The server the board talks to, as a test wants it. Made anew before each test. */
export const server = {
  posts: [] as { path: string; body: unknown }[],
  listed: [] as AlarmRow[],
  changeNumber: 1,
  unit: firstUnit(),
  leftAlone: [] as LeftAlarm[],
  answerPost: (_path: string, _body: unknown): Answer | Promise<Answer> => ({ status: 404, body: {} }),
}

const list = (): ListAlarmsResponse => ({
  rows: server.listed,
  nextCursor: null,
  total: server.listed.length,
  counts: { status: { open: server.listed.length }, severity: { high: server.listed.length }, detector: {} },
  changeNumber: server.changeNumber,
})

function answerGet(path: string): Answer {
  if (path.startsWith('/alarms/changes'))
    return { status: 200, body: { changeNumber: server.changeNumber, openAlarms: server.listed.length } }
  if (path.startsWith('/alarms?')) return { status: 200, body: list() }
  if (path.startsWith('/views/counts')) return { status: 200, body: { unassigned: 3, mine: 0, openHigh: 2, closedToday: 1 } }
  if (path === '/views') return { status: 200, body: { views: [] } }
  if (path.startsWith('/selections/units/')) return { status: 200, body: { unit: server.unit, leftAlone: server.leftAlone } }
  if (path.startsWith('/sources')) {
    return {
      status: 200,
      body: { intakes: [], totals: { dnsEvents: 0, processEvents: 0, firstEventAt: null, lastEventAt: null }, formats: [] },
    }
  }
  return { status: 404, body: { type: '/problems/not-found', title: 'Not found', status: 404 } }
}

/** A server that freezes what it is sent and stores a decision at once. */
export function answerSelection(path: string, body: unknown): Answer {
  if (path === '/selections') {
    const named = (body as { alarms?: { id: string }[] }).alarms
    const ids = named?.map(({ id }) => id) ?? ['ALM-A', 'ALM-B']
    const selection = { id: 'sel', byUserId: 'u', createdAt: 1, expiresAt: 2, count: named ? ids.length : 1_284 }
    return { status: 201, body: { selection, alarmIds: ids } }
  }
  const undone = path.endsWith('/undo')
  const { decision } = body as { decision?: { kind: 'close'; reason: 'duplicate'; family: null; note: null } }
  server.unit = {
    ...server.unit,
    id: undone ? 'unit-undo' : 'unit-1',
    undoesUnitId: undone ? 'unit-1' : null,
    change: decision && !undone ? decision : { kind: 'undo', of: 'close' },
  }
  return { status: 202, body: { unit: server.unit } }
}

export const closedAnswer = (id: string): Answer => {
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

export function freshServer(): void {
  Object.assign(server, { posts: [], listed: rows, changeNumber: 1, unit: firstUnit(), leftAlone: [] })
  server.answerPost = (path) => closedAnswer(path.split('/')[2] ?? '')
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const path = input.replace('/api/v1', '')
    if (init?.method === undefined || init.method === 'GET') return json(answerGet(path))
    const body: unknown = JSON.parse(String(init.body))
    server.posts.push({ path, body })
    return json(await server.answerPost(path, body))
  })
}

const json = ({ status, body }: Answer) => new Response(JSON.stringify(body), { status })

export async function showBoard(role: Role = 'analyst', client = new QueryClient({ defaultOptions: { queries: { retry: false } } })) {
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

export const rowNames = () => [...document.querySelectorAll('[data-alarm]')].map((row) => row.getAttribute('data-alarm'))
export const press = (...keys: string[]) => {
  for (const key of keys) act(() => void fireEvent.keyDown(document.activeElement ?? document.body, { key }))
}
export const activeRow = () => document.querySelector('[data-alarm][data-active]')?.getAttribute('data-alarm')
export const selectedRows = () =>
  [...document.querySelectorAll('[data-alarm][aria-selected="true"]')].map((row) => row.getAttribute('data-alarm'))
