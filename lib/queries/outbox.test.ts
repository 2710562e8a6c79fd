import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/lib/api/client'
import { mayWait } from './alarm-decisions'
import { createOutbox, MOST_WAITING, type Outbox, sendWaiting } from './outbox'

const memory = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}
let storage: ReturnType<typeof memory>
let outbox: Outbox
let sent: string[]
let server: { me: string; status: (path: string) => number }

beforeEach(() => {
  storage = memory()
  outbox = createOutbox('nia', storage)
  sent = []
  server = { me: 'nia', status: () => 200 }
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    const status = server.status(path)
    if (status === 0) throw new TypeError('fetch failed')
    if (path.endsWith('/me')) return Response.json({ user: { id: server.me } })
    sent.push(`${path.replace('/api/v1/alarms/', '')} ${JSON.parse(String(init.body)).expectedVersion}`)
    const problem = { type: '/problems/x', title: 'No', status, detail: 'not this one' }
    return Response.json(status === 200 ? { alarm: {}, event: {}, hiddenAlarms: 0 } : problem, { status })
  })
})
afterEach(() => vi.unstubAllGlobals())

const close = (id: string, version = 3) =>
  outbox.add({
    at: 1,
    about: 'a.example',
    input: {
      alarm: { id, version, status: 'open' },
      decision: { kind: 'close', reason: 'duplicate', family: null, note: 'typed', allowlist: null },
    },
  })
const waiting = (box = outbox) => box.read().map(({ id }) => id)

describe('decisions that wait', () => {
  it('survive the page, in order, and belong to one person', () => {
    close('ALM-1')
    close('ALM-2')
    expect(waiting(createOutbox('nia', storage))).toEqual(['ALM-1', 'ALM-2'])
    expect(waiting(createOutbox('mira', storage))).toEqual([])
    expect(createOutbox('nia', storage).read()[0]?.input.decision).toMatchObject({ note: 'typed' })
  })

  it('give way to a later decision on the same alarm, can be removed, and are bounded', () => {
    close('ALM-1')
    close('ALM-2')
    close('ALM-1', 4)
    expect(waiting()).toEqual(['ALM-2', 'ALM-1'])
    outbox.remove('ALM-2')
    expect(waiting()).toEqual(['ALM-1'])
    for (let n = 0; n < MOST_WAITING - 1; n++) expect(close(`ALM-x${n}`)).toBe(true)
    expect(close('ALM-one-too-many')).toBe(false)
    expect(waiting()).toHaveLength(MOST_WAITING)
  })

  it.each(['not json', '{"a":1}', '[1,null,{"id":5}]'])('are none when the storage holds %s', (text) => {
    storage.setItem('dowser.outbox.nia', text)
    expect(outbox.read()).toEqual([])
    expect(close('ALM-1')).toBe(true)
  })

  it('are kept for the page when the storage refuses', () => {
    const full = createOutbox('nia', {
      ...storage,
      setItem: () => {
        throw new Error('full')
      },
      getItem: () => null,
    })
    full.add({ at: 1, about: 'x', input: { alarm: { id: 'ALM-1', version: 1, status: 'open' }, decision: { kind: 'reopen', note: null } } })
    expect(waiting(full)).toEqual(['ALM-1'])
  })
})

describe('sending', () => {
  it('goes in order, with the versions decided on, and empties the list', async () => {
    close('ALM-1', 7)
    close('ALM-2', 2)
    expect(await sendWaiting(outbox)).toMatchObject({ stopped: null, conflict: null, sent: [{}, {}] })
    expect(sent).toEqual(['ALM-1/close 7', 'ALM-2/close 2'])
    expect(waiting()).toEqual([])
  })

  it('stops at a lost connection and loses nothing', async () => {
    close('ALM-1')
    close('ALM-2')
    server.status = (path) => (path.includes('ALM-2') ? 0 : 200)
    expect(await sendWaiting(outbox)).toMatchObject({ stopped: 'unreachable', sent: [{}] })
    expect(waiting()).toEqual(['ALM-2'])
  })

  it('sends nothing while another person is signed in', async () => {
    close('ALM-1')
    server.me = 'mira'
    expect(await sendWaiting(outbox)).toMatchObject({ stopped: 'somebody-else', sent: [] })
    expect(sent).toEqual([])
    expect(waiting()).toEqual(['ALM-1'])
  })

  it('waits on after a session that ended', async () => {
    close('ALM-1')
    server.status = () => 401
    await sendWaiting(outbox)
    expect(outbox.read()).toMatchObject([{ id: 'ALM-1', refusal: null }])
  })

  it('keeps what the server refuses with its reason, does not ask again, and goes on', async () => {
    close('ALM-1')
    close('ALM-2')
    server.status = (path) => (path.includes('ALM-1') ? 404 : 200)
    await sendWaiting(outbox)
    await sendWaiting(outbox)
    expect(outbox.read()).toMatchObject([{ id: 'ALM-1', refusal: 'not this one' }])
    expect(sent).toEqual(['ALM-1/close 3', 'ALM-2/close 3'])
  })
})

describe('what may wait', () => {
  const failed = (status: number) => new ApiError({ type: '/problems/x', title: 'x', status })
  it.each([
    [0, 'close', true],
    [503, 'escalate', true],
    [0, 'undo', false],
    [500, 'close', false],
    [409, 'close', false],
    [422, 'close', false],
  ] as const)('status %i of %s: %s', (status, kind, may) => {
    const decision = kind === 'undo' ? ({ kind, eventId: 'e', backTo: 'open' } as const) : ({ kind, note: null } as const)
    expect(mayWait(failed(status), decision as Parameters<typeof mayWait>[1])).toBe(may)
  })
})
