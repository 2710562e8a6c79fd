import { fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import type { CountEventsResponse, LookupHit } from '@/lib/api/contracts/event-search'
import { addCounts, histogramOf } from './add-counts'
import { countedShare } from './count-progress'
import { EventsLink } from './events-link'
import { FacetList } from './facet-list'
import { LookupTable } from './lookup-table'
import { SearchBox } from './search-box'
import { fromInput, toInput } from './time-span'

const DAY = 86_400_000
const HOSTILE = '<img src=x onerror=alert(1)>\u202e.t.example'

const piece = (fields: Partial<CountEventsResponse>): CountEventsResponse => ({
  total: 0,
  bucketMs: DAY,
  buckets: [],
  facets: [],
  nextCursor: null,
  countedFrom: 0,
  range: { from: 0, to: 3 * DAY },
  ...fields,
})

describe('pieces of a count', () => {
  const added = addCounts([
    piece({
      total: 3,
      buckets: [{ at: 2 * DAY, count: 3, by: { TXT: 2, A: 1 } }],
      facets: [
        {
          field: 'type',
          values: [
            { value: 'TXT', count: 2 },
            { value: 'A', count: 1 },
          ],
          rest: 0,
        },
      ],
    }),
    piece({
      total: 4,
      buckets: [
        { at: 2 * DAY, count: 1, by: { A: 1 } },
        { at: 0, count: 3, by: { A: 3 } },
      ],
      facets: [{ field: 'type', values: [{ value: 'A', count: 3 }], rest: 1 }],
    }),
  ])

  test('add up', () => {
    expect(added).toEqual({
      total: 7,
      buckets: [
        { at: 0, count: 3, by: { A: 3 } },
        { at: 2 * DAY, count: 4, by: { TXT: 2, A: 2 } },
      ],
      facets: [
        {
          field: 'type',
          rest: 1,
          values: [
            { value: 'A', count: 4 },
            { value: 'TXT', count: 2 },
          ],
        },
      ],
    })
  })

  test('are drawn without gaps', () => {
    expect(histogramOf(added, { from: 0, to: 3 * DAY }, DAY)).toEqual({
      names: ['A', 'TXT'],
      data: [
        { at: 0, s0: 3, s1: 0, other: 0 },
        { at: DAY, s0: 0, s1: 0, other: 0 },
        { at: 2 * DAY, s0: 2, s1: 2, other: 0 },
      ],
    })
  })
})

test.each([
  [3 * DAY, 7 * DAY, '3 of 7 days'],
  [1.25 * DAY, 7 * DAY, '1.3 of 7 days'],
  [600_000, 3_600_000, '10 min of 1 h'],
])('counted %d of %d ms reads %j', (counted, all, words) => {
  expect(countedShare(counted, all)).toBe(words)
})

test('an instant survives the way through a date input; half a date is none', () => {
  const at = Date.UTC(2026, 10, 21, 12, 0, 5)
  expect(fromInput(toInput(at))).toBe(at)
  expect(fromInput('')).toBeNull()
  expect(fromInput('2026-11')).toBeNull()
  expect(toInput(8.64e15)).toBe('')
  expect(toInput(9e15)).toBe('')
})

test('a hostile name is text, and its link keeps it as a value', () => {
  const row: LookupHit = {
    kind: 'dns',
    id: 1,
    at: 0,
    source: '../../evil?x=1',
    hostName: '<b>',
    userName: null,
    processName: null,
    serverIp: null,
    qname: HOSTILE,
    zone: 't.example',
    qtype: 'TXT',
    rcode: null,
    answers: ['<script>'],
    answerCount: 3,
    sensor: null,
    format: 'zeek-json',
  }
  const { container } = render(<LookupTable rows={[row]} />)
  expect(container.querySelector('img, script, b')).toBeNull()
  expect(container.textContent).not.toContain('\u202e')
  expect(container.textContent).toContain('and 2 more')
  expect([...container.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    '/hosts/..%2F..%2Fevil%3Fx%3D1',
    '/domains/t.example',
  ])
})

test('“show me” leads to the search with what is known, quoted', () => {
  render(
    <EventsLink where={{ zone: 't.example', source: null, name: 'a "b" c' }} from={5} to={9}>
      120
    </EventsLink>,
  )
  const address = new URL(screen.getByRole('link').getAttribute('href') ?? '', 'http://x')
  expect(address.pathname).toBe('/events')
  expect(Object.fromEntries(address.searchParams)).toEqual({ q: 'zone:t.example name:"a \\"b\\" c"', from: '5', to: '9' })
})

test('picking a value tells field and value; a missing answer is searched as none', () => {
  const onPick = vi.fn()
  render(
    <FacetList
      total={3}
      onPick={onPick}
      facets={[
        { field: 'rcode', rest: 0, values: [{ value: null, count: 2 }] },
        { field: 'source', rest: 0, values: [{ value: null, count: 1 }] },
      ]}
    />,
  )
  fireEvent.click(screen.getByRole('button', { name: /no answer/ }))
  expect(onPick.mock.calls).toEqual([['rcode', 'none']])
  expect(screen.getAllByRole('button')).toHaveLength(1)
})

test('a search that cannot be read is not sent, and the reason is said; conditions can be taken away', () => {
  const onSearch = vi.fn()
  render(<SearchBox q="type:TXT zone:t.example" onSearch={onSearch} />)
  fireEvent.click(screen.getByRole('button', { name: 'Remove the condition type: TXT' }))
  expect(onSearch).toHaveBeenLastCalledWith('zone:t.example')
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'size:3' } })
  fireEvent.click(screen.getByRole('button', { name: 'Search' }))
  expect(onSearch).toHaveBeenCalledTimes(1)
  expect(screen.getByText(/no field “size”/)).toBeDefined()
})
