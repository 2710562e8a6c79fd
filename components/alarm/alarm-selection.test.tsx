import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testRow } from './testing-alarm'
import { answerSelection, freshServer, press, rowNames, rows, selectedRows, server, showBoard } from './testing-board'

vi.setConfig({ testTimeout: 30_000 })

const push = vi.hoisted(() => vi.fn())
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/alarms' }))

beforeEach(() => {
  freshServer()
  push.mockClear()
})

describe('a selection', () => {
  beforeEach(() => {
    server.answerPost = answerSelection
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
    expect(server.posts).toEqual([
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
    expect(server.posts[2]?.path).toBe('/selections/units/unit-1/undo')
  })

  test('* d freezes the domain on the server; so many are not stored by a single key, and the button says how many', async () => {
    await showBoard()
    await screen.findByText('one.example')
    press('*', 'd')
    await screen.findByText('1,284 alarms selected: one.example')
    expect(server.posts[0]?.body).toMatchObject({ filter: { zone: 'one.example', status: ['open'] } })
    press('e', '5')
    expect(server.posts).toHaveLength(1)
    fireEvent.click(await screen.findByRole('button', { name: 'Close 1,284 alarms' }))
    await waitFor(() => expect(server.posts).toHaveLength(2))
  })

  test('rows that come in do not join it', async () => {
    const client = await showBoard()
    await screen.findByText('one.example')
    press('*', 'a')
    server.listed = [testRow({ id: 'ALM-NEW', zone: 'new.example' }), ...rows]
    server.changeNumber = 2
    await act(() => client.invalidateQueries({ queryKey: ['alarms', 'changes'] }))
    fireEvent.click(await screen.findByRole('button', { name: /1 new/ }))
    await waitFor(() => expect(rowNames()[0]).toBe('ALM-NEW'))
    expect(selectedRows()).toEqual(['ALM-A', 'ALM-B', 'ALM-C'])
    press('*', 'n')
    expect(selectedRows()).toEqual([])
  })

  test('what someone else changed meanwhile is counted and server.listed', async () => {
    server.unit = { ...server.unit, changed: 1, left: 1 }
    server.leftAlone = [{ id: 'ALM-B', zone: 'two.example', source: null, status: 'closed' }]
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
    await waitFor(() => expect(server.posts).toHaveLength(2))
    expect(server.posts[1]?.body).toEqual({ decision: { kind: 'assign', ownerId: 'u' } })
  })

  test('a role that may not decide can select nothing', async () => {
    await showBoard('manager')
    await screen.findByText('one.example')
    press('x', '*', 'a', 'm')
    expect([selectedRows(), server.posts]).toEqual([[], []])
  })
})
