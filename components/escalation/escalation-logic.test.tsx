import { describe, expect, it } from 'vitest'
import { titleOf } from '@/lib/domain/escalation'
import { timelineOf } from '@/lib/domain/escalation-timeline'
import { safeCopy } from './indicators-panel'
import { readIds } from './read-ids'

describe('ids that were typed', () => {
  it.each([
    ['alm-aa, ALM-BB\n\tALM-AA', { alarmIds: ['ALM-AA', 'ALM-BB'], escalationIds: [], unknown: [] }],
    [' esc-0042 ', { alarmIds: [], escalationIds: ['ESC-0042'], unknown: [] }],
    ['ESC-4x;evil.example', { alarmIds: [], escalationIds: [], unknown: ['ESC-4X', 'EVIL.EXAMPLE'] }],
    ['  ', { alarmIds: [], escalationIds: [], unknown: [] }],
  ])('%j', (text, named) => {
    expect(readIds(text)).toEqual(named)
  })
})

describe('copied indicators', () => {
  it('are defanged and inert, one a line; people keep their dots', () => {
    expect(safeCopy('zones', ['a.evil.example', 'b\u202e.example'])).toBe('a[.]evil[.]example\nb\\u{202e}[.]example')
    expect(safeCopy('users', ['eve.o\u0007'])).toBe('eve.o\\007')
  })
})

describe('a title', () => {
  it.each([
    [[{ zone: 't.example', hostName: 'pc-1', source: '10.0.0.1' }], 't.example, pc-1'],
    [
      [
        { zone: 't.example', hostName: null, source: '10.0.0.1' },
        { zone: 'u.example', hostName: null, source: '10.0.0.2' },
      ],
      't.example and 1 more, 2 hosts',
    ],
    [[{ zone: null, hostName: 'pc-1', source: null }], 'pc-1'],
    [[{ zone: null, hostName: null, source: null }], '1 alarm'],
  ])('of %j is %j', (alarms, title) => {
    expect(titleOf(alarms)).toBe(title)
  })
})

describe('the timeline', () => {
  const line = { escalationId: 'ESC-0001', byUserId: 'u', byName: 'Ana', note: null, undoneById: null, canUndo: true }

  it('puts what people did among what was seen, oldest first, and keeps what was taken back', () => {
    const history = [
      { ...line, id: 'a', at: 20, action: 'created', detail: 'ALM-1', undoneById: 'b' },
      { ...line, id: 'b', at: 40, action: 'undone', detail: 'created: ALM-1' },
    ] as const
    const items = timelineOf({ alarms: [], history: [...history] })
    expect(items.map(({ at, words, undone }) => [at, words, undone])).toEqual([
      [20, 'escalated', true],
      [40, 'took back', false],
    ])
  })
})
