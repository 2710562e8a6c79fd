import { QueryClient } from '@tanstack/react-query'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testAlarm, testRow } from './testing-alarm'
import { type Answer, activeRow, closedAnswer, freshServer, HOSTILE, press, rowNames, rows, server, showBoard } from './testing-board'

vi.setConfig({ testTimeout: 30_000 })

const push = vi.hoisted(() => vi.fn())
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/alarms' }))

beforeEach(() => {
  freshServer()
  push.mockClear()
})

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
    server.answerPost = () => new Promise<Answer>((resolve) => (answer = resolve))
    await showBoard()
    await screen.findByText('one.example')
    press('e', '5')
    await waitFor(() => expect(rowNames()).toEqual(['ALM-B', 'ALM-C']))
    expect(activeRow()).toBe('ALM-B')
    expect(server.posts).toEqual([
      { path: '/alarms/ALM-A/close', body: { expectedVersion: 1, reason: 'duplicate', family: null, note: null, allowlist: null } },
    ])
    await act(async () => answer(closedAnswer('ALM-A')))
    expect(await screen.findByText('Closed as Duplicate')).toBeTruthy()
  })

  test('z brings the row back to where it was, with the cursor and the focus on it', async () => {
    server.answerPost = (path) => {
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
    await waitFor(() => expect(activeRow()).toBe('ALM-B'))
    await waitFor(() => expect(document.activeElement?.id).toBe('row-ALM-B'))
    expect(server.posts[1]).toEqual({ path: '/alarms/ALM-B/undo', body: { expectedVersion: 2, eventId: 'event-ALM-B' } })
  })

  test('coming back from an alarm, the cursor is on it', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } })
    client.setQueryData(['walked-alarms'], { filter: { sort: 'worst' }, search: '', alarmId: 'ALM-C' })
    await showBoard('analyst', client)
    await screen.findByText('three.example')
    await waitFor(() => expect(document.activeElement?.id).toBe('row-ALM-C'))
  })

  test('a refused decision puts the row back where it was and says why', async () => {
    server.answerPost = () => ({
      status: 422,
      body: { type: '/problems/invalid', title: 'Invalid', status: 422, detail: 'It will not do.' },
    })
    await showBoard()
    await screen.findByText('one.example')
    press('j', 'e', '3', 'b')
    expect(await screen.findAllByText('It will not do.')).not.toHaveLength(0)
    expect(rowNames()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    expect(server.posts[0]?.body).toMatchObject({ reason: 'benign-positive', family: 'cdn' })
  })

  test('a conflict names who was first and keeps nothing of ours unless asked', async () => {
    const decision = { reason: 'benign-positive', family: 'cdn', note: null, byUserId: 'm', byName: 'Mira', at: 1 }
    const alarm = testAlarm({
      id: 'ALM-A',
      status: 'closed',
      version: 7,
      decision: { ...decision, reason: 'benign-positive', family: 'cdn' },
    })
    server.answerPost = () => ({
      status: 409,
      body: { type: '/problems/conflict', title: 'Conflict', status: 409, alarm, lastEvent: null },
    })
    await showBoard()
    await screen.findByText('one.example')
    press('e', '5')
    const dialog = await screen.findByRole('dialog', { name: 'Someone decided first' })
    expect(dialog.textContent).toContain('Mira')
    expect(dialog.textContent).toContain('CDN')
    fireEvent.click(within(dialog).getByRole('button', { name: 'Keep theirs' }))
    expect(server.posts).toHaveLength(1)
  })

  test('keys typed into the search are text, and decide nothing', async () => {
    await showBoard()
    await screen.findByText('one.example')
    press('/')
    const search = screen.getByRole('combobox', { name: 'Search alarms' })
    expect(document.activeElement).toBe(search)
    press('e', '5', 's', 'j', 'z')
    expect(server.posts).toEqual([])
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
    expect(server.posts).toEqual([])
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
    server.listed = [testRow({ id: 'ALM-NEW', zone: 'new.example' }), ...rows]
    server.changeNumber = 2
    await act(() => client.invalidateQueries({ queryKey: ['alarms', 'changes'] }))
    const pill = await screen.findByRole('button', { name: /1 new/ })
    expect(rowNames()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    fireEvent.click(pill)
    await waitFor(() => expect(rowNames()[0]).toBe('ALM-NEW'))
    expect(activeRow()).toBe('ALM-A')
  })

  test('an empty queue without any log says so, and not that all is clear', async () => {
    server.listed = []
    await showBoard()
    expect(await screen.findByText('No log has been read yet')).toBeTruthy()
    expect(screen.queryByText('Nothing open')).toBeNull()
  })
})
