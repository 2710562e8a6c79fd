import { describe, expect, it } from 'vitest'
import { createPresenceBoard, PRESENCE_LIFE_MS } from './presence-board'

const mira = { userId: 'mira', name: 'Mira' }
const nia = { userId: 'nia', name: 'Nia' }

describe('presence', () => {
  it('shows others, once each, and never oneself', () => {
    const board = createPresenceBoard()
    board.look('t1', mira, 'alarm:ALM-1', 0)
    board.look('t2', mira, 'alarm:ALM-1', 1)
    board.look('t3', nia, 'alarm:ALM-1', 2)
    expect(board.others('nia', 3)).toEqual([{ subject: 'alarm:ALM-1', people: [mira] }])
    expect(board.others('max', 3)).toEqual([{ subject: 'alarm:ALM-1', people: [mira, nia] }])
  })

  it('follows a tab to what it opens next, and forgets one that left', () => {
    const board = createPresenceBoard()
    board.look('t1', mira, 'alarm:ALM-1', 0)
    board.look('t1', mira, 'escalation:ESC-1', 1)
    expect(board.others('nia', 2)).toEqual([{ subject: 'escalation:ESC-1', people: [mira] }])
    board.look('t1', mira, null, 3)
    expect(board.others('nia', 4)).toEqual([])
  })

  it('shows nobody for 30 s after the last sign of life', () => {
    const board = createPresenceBoard()
    board.look('t1', mira, 'alarm:ALM-1', 1_000)
    expect(board.others('nia', 999 + PRESENCE_LIFE_MS)).toHaveLength(1)
    expect(board.others('nia', 1_000 + PRESENCE_LIFE_MS)).toEqual([])
    expect(PRESENCE_LIFE_MS).toBeLessThanOrEqual(30_000)
  })

  it('holds twenty tabs of a person at most, the latest', () => {
    const board = createPresenceBoard()
    for (let n = 0; n < 100; n++) board.look(`t${n}`, mira, `alarm:ALM-${n}`, n)
    const subjects = board.others('nia', 100).map(({ subject }) => subject)
    expect(subjects).toEqual(Array.from({ length: 20 }, (_, i) => `alarm:ALM-${80 + i}`))
  })
})
