import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { NuqsTestingAdapter } from 'nuqs/adapters/testing'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { testRow } from '@/components/alarm/testing-alarm'
import { CurrentUserProvider } from '@/components/shell/current-user'
import { ToastProvider } from '@/components/ui/toast'
import type { Role } from '@/lib/domain/permission'
import type { Story } from '@/lib/domain/story'
// Loaded here, so that no test waits for them.
import './bulk-layer'
import { Queue } from './queue'
import './story-board'

// Looking up roles in jsdom takes long on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })

const push = vi.fn()
vi.mock('next/navigation', () => ({ useRouter: () => ({ push }), usePathname: () => '/alarms' }))

const story = (name: string, alarms: number): Story => ({
  key: `z:${name}`,
  kind: 'zone',
  name,
  worst: testRow({ id: `ALM-${name}`, zone: name, summary: `${name} <img src=x onerror=alert(1)>` }),
  alarms,
  detectors: [
    { id: 'dns_lookup_tunneling', count: alarms - 1 },
    { id: 'dns_query_information', count: 1 },
  ],
  hosts: 3,
  topHost: 'pc-2',
  queries: 900,
  firstSeenAt: 1,
  lastSeenAt: 2,
  owners: ['Mira'],
  notes: 0,
})

const counts = { status: { open: 5 }, severity: {}, detector: {} }
let posts: { path: string; body: unknown }[]
let nothing = false

function answer(path: string): unknown {
  if (path.startsWith('/alarms/stories')) {
    const stories = nothing ? [] : [story('one.example', 4), story('two.example', 2)]
    return { stories, nextCursor: null, total: stories.length, alarms: nothing ? 0 : 6, counts, changeNumber: 1 }
  }
  if (path.startsWith('/alarms/changes')) return { changeNumber: 1, openAlarms: 6 }
  if (path.startsWith('/alarms?')) return { rows: [testRow({ id: 'ALM-INNER' })], nextCursor: null, total: 1, counts, changeNumber: 1 }
  if (path.startsWith('/views/counts')) return { unassigned: 0, mine: 0, openHigh: 0, closedToday: 0 }
  if (path === '/views') return { views: [] }
  if (path.startsWith('/sources'))
    return { intakes: [], totals: { dnsEvents: 0, processEvents: 0, firstEventAt: null, lastEventAt: null }, formats: [] }
  if (path.startsWith('/log-sources/gaps')) return { gaps: [] }
  return {}
}

beforeEach(() => {
  posts = []
  nothing = false
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const path = input.replace('/api/v1', '')
    if (init?.method === undefined || init.method === 'GET') return new Response(JSON.stringify(answer(path)))
    if (path === '/presence') return Response.json({ looked: [] })
    posts.push({ path, body: JSON.parse(String(init.body)) })
    const selection = { id: 'sel', byUserId: 'u', createdAt: 1, expiresAt: 2, count: 4 }
    return new Response(JSON.stringify({ selection, alarmIds: [] }), { status: 201 })
  })
})

async function showStories(role: Role = 'analyst') {
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <NuqsTestingAdapter searchParams="?rows=stories">
        <ToastProvider>
          <CurrentUserProvider user={{ userId: 'u', name: 'Nia', email: null, role }}>
            <Queue detectors={[{ id: 'dns_lookup_tunneling', title: 'Lookup tunnel' }]} />
          </CurrentUserProvider>
        </ToastProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  )
  await screen.findByText(nothing ? '0 stories of 0 alarms, worst first.' : '2 stories of 6 alarms, worst first.')
}

const press = (key: string) => act(() => void fireEvent.keyDown(document.activeElement ?? document.body, { key }))

describe('the queue by story', () => {
  test('a row says who agrees, how many hosts and who owns it, and stays text', async () => {
    await showStories()
    const text = document.querySelector('[data-story="z:one.example"]')?.textContent?.replaceAll(/\s+/g, ' ')
    expect(text).toContain('Lookup tunnel ×3')
    expect(text).toContain('pc-2 and 2 more')
    expect(text).toContain('Mira')
    expect(document.querySelector('img')).toBeNull()
  })

  test('opens to its alarms by key and closes again', async () => {
    await showStories()
    press('ArrowRight')
    expect(await screen.findByRole('link', { name: 'ALM-INNER' })).toBeTruthy()
    press('ArrowLeft')
    await waitFor(() => expect(screen.queryByRole('link', { name: 'ALM-INNER' })).toBeNull())
  })

  test('e freezes the alarms of the story under the cursor and asks for their reason, with the exact count', async () => {
    await showStories()
    press('j')
    press('e')
    expect(await screen.findByRole('button', { name: 'Close 4 alarms' })).toBeTruthy()
    expect(posts).toEqual([{ path: '/selections', body: { filter: { status: ['open'], story: 'z:two.example' } } }])
  })

  test('a role that may not decide has no decision keys', async () => {
    await showStories('manager')
    press('e')
    press('m')
    expect(posts).toEqual([])
  })

  test('y copies a link to this list, t changes the clock, the Keyboard button and ? list the keys', async () => {
    const writeText = vi.fn(async (_text: string) => {})
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } })
    await showStories()
    await screen.findByText('one.example')
    press('y')
    await waitFor(() => expect(writeText).toHaveBeenCalledWith(expect.stringMatching(/\/alarms\?.*rows=stories/)))
    act(() => void fireEvent.click(screen.getByRole('button', { name: 'Keyboard ?' })))
    expect(await screen.findByRole('dialog', { name: 'Keyboard' })).toBeTruthy()
  })

  test('no story at all gives the reason that the list by alarm gives', async () => {
    nothing = true
    await showStories()
    expect(await screen.findByText('No log has been read yet')).toBeTruthy()
  })

  test.each([
    ['s', 'Escalate 4 alarms'],
    ['f', 'Close 4 alarms and ignore their domains'],
  ])('%s freezes the story and opens: %s', async (key, title) => {
    await showStories()
    await screen.findByText('one.example')
    press(key)
    expect(await screen.findByRole('dialog', { name: title })).toBeTruthy()
    expect(posts.map(({ path }) => path)).toEqual(['/selections'])
  })
})
