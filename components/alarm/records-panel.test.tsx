import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { RecordsPanel } from './records-panel'
import { testAlarm } from './testing-alarm'

vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

const RANGE = { from: 1_700_000_000_000, to: 1_700_000_600_001 }
const counts = (total: number, values: readonly { readonly value: string | null; readonly count: number }[]) => ({
  ...{ total, buckets: [], bucketMs: 60_000, range: RANGE, nextCursor: null, countedFrom: RANGE.from },
  facets: [
    { field: 'type', values, rest: 0 },
    { field: 'zone', values: [{ value: 'tunnel.example', count: total }], rest: 0 },
  ],
})

function show(counted: unknown, status = 200): void {
  vi.stubGlobal('fetch', (url: string) =>
    Promise.resolve(
      url.includes('/counts')
        ? Response.json(counted, { status })
        : Response.json({ rows: [], nextCursor: null, searchedFrom: RANGE.from, range: RANGE }),
    ),
  )
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <RecordsPanel alarm={testAlarm()} />
    </QueryClientProvider>,
  )
}

describe('the stored records of an alarm', () => {
  test('are counted by value, each number leading to just these in the time of the alarm', async () => {
    show(
      counts(9, [
        { value: 'TXT', count: 8 },
        { value: null, count: 1 },
      ]),
    )
    const txt = await screen.findByRole('link', { name: 'Show the 8 with type TXT' })
    const search = new URL(txt.getAttribute('href') ?? '', 'http://x').searchParams
    expect(search.get('q')).toBe('zone:tunnel.example source:10.0.0.5 type:TXT')
    expect([search.get('from'), search.get('to')]).toEqual(['1700000000000', '1700000600001'])
    const none = screen.getByRole('link', { name: 'Show the 1 with type none' })
    expect(new URL(none.getAttribute('href') ?? '', 'http://x').searchParams.get('q')).toContain('type:none')
  })

  test('that retention removed are said to be gone, without a way that leads nowhere', async () => {
    show(counts(0, []))
    expect(await screen.findByText(/No event of this alarm is stored any more/)).toBeDefined()
    expect(screen.queryByRole('link')).toBeNull()
  })

  test('that cannot be counted fail by themselves, with a way to try again', async () => {
    show({ type: 'about:blank', title: 'Busy', status: 503, code: 'busy', detail: 'Too much at once.' }, 503)
    expect(await screen.findByText('The events could not be counted')).toBeDefined()
    expect(screen.getByRole('button', { name: /again/i })).toBeDefined()
  })

  test('hold text of the log as text', async () => {
    show(counts(1, [{ value: '<img src=x>\u202e', count: 1 }]))
    expect(await screen.findByText(/<img src=x>/)).toBeDefined()
    expect(document.querySelector('img')).toBeNull()
    expect(document.body.textContent).not.toContain('\u202e')
  })
})
