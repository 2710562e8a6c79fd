import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import type { AlarmTimelineResponse } from '@/lib/api/contracts/alarm-timeline'
import { type LaneItem, packed, toLanes } from './lanes'
import { LanesFigure } from './lanes-figure'
import { testAlarm, testRow } from './testing-alarm'

afterEach(cleanup)

const HOUR = 3_600_000
const alarm = testAlarm({ firstSeenAt: 100 * HOUR, lastSeenAt: 101 * HOUR })
const timeline = (fields: Partial<AlarmTimelineResponse> = {}): AlarmTimelineResponse => ({
  fromMs: 52 * HOUR,
  toMs: 149 * HOUR,
  stepMs: HOUR,
  ofZone: {
    buckets: [
      { at: 100 * HOUR, count: 300 },
      { at: 101 * HOUR, count: 1 },
    ],
    countedFrom: 52 * HOUR,
  },
  bySource: null,
  processStarts: [],
  decisions: [],
  ...fields,
})
const start = {
  at: 100 * HOUR,
  eventId: 1,
  commandLine: null,
  args: [],
  queryType: null,
  target: null,
  server: null,
  parentName: null,
  user: null,
}
const HOSTILE = 'nslookup \u202Egpj.exe <img src=x>'

describe('lanes', () => {
  test('count in words what the bars show, and leave out what cannot be', () => {
    const lanes = toLanes(alarm, [testRow({ id: 'ALM-B' })], timeline(), (id) => id)
    expect(lanes.map(({ id, summary }) => [id, summary])).toEqual([
      ['alarms', 'This alarm and 1 other alarm.'],
      ['zone', '301 lookups, at most 300 in 1 hour.'],
      ['decisions', 'Nothing yet in this time.'],
    ])
    expect(lanes[1]?.items.map(({ height }) => height)).toEqual([1, 1 / 300])
  })

  test('say when time ran out before everything was counted, and when nothing is stored any more', () => {
    const late = { buckets: [{ at: 100 * HOUR, count: 2 }], countedFrom: 90 * HOUR }
    const lanes = toLanes(alarm, [], timeline({ ofZone: late, bySource: { buckets: [], countedFrom: 52 * HOUR } }), (id) => id)
    expect(lanes.find(({ id }) => id === 'zone')?.summary).toContain('Earlier ones were not counted')
    expect(lanes.find(({ id }) => id === 'source')?.summary).toBe('None is stored.')
  })

  test('place items so that none hides another, up to a number of rows', () => {
    const item = (id: string, fromMs: number, toMs: number): LaneItem => ({ id, fromMs, toMs, text: id, href: null, height: 1, own: false })
    const rows = packed([item('a', 0, 10), item('b', 5, 6), item('c', 20, 30), item('d', 5, 6)], 1, 2)
    expect(rows.map((row) => row.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
  })

  test('are a list with links for those who cannot use the picture; log content is inert', () => {
    const kept = testAlarm({ ...alarm, evidence: { ...alarm.evidence, processStarts: [start] } })
    const starts = [{ at: 100 * HOUR, name: 'nslookup.exe', commandLine: HOSTILE }]
    const decisions = [{ at: 102 * HOUR, alarmId: 'ALM-B', action: 'closed' as const, byName: 'Ana', detail: null }]
    const lanes = toLanes(
      kept,
      [testRow({ id: 'ALM-B', firstSeenAt: 90 * HOUR, lastSeenAt: 90 * HOUR })],
      timeline({ processStarts: starts, decisions }),
      (id) => id,
    )
    const { container } = render(<LanesFigure lanes={lanes} fromMs={52 * HOUR} toMs={149 * HOUR} />)
    for (const link of container.querySelectorAll('a')) expect(link.tabIndex).toBe(-1)
    fireEvent.click(screen.getByRole('button', { name: 'Show as list' }))
    const list = within(screen.getByRole('list'))
    expect(list.getAllByRole('listitem')).toHaveLength(6)
    const hrefs = list.getAllByRole('link').map((link) => link.getAttribute('href') ?? '')
    expect(hrefs.filter((href) => !href.startsWith('/events'))).toEqual(['/alarms/ALM-B', '#process', '/alarms/ALM-B#history'])
    const [hour] = hrefs.filter((href) => href.startsWith('/events')).map((href) => new URL(href, 'http://localhost').searchParams)
    expect([hour?.get('q'), hour?.get('from'), hour?.get('to')]).toEqual(['zone:tunnel.example', String(100 * HOUR), String(101 * HOUR)])
    expect(container.querySelector('img')).toBeNull()
    expect(container.textContent).not.toContain('\u202E')
  })
})
