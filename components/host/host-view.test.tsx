import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HostResponse } from '@/lib/api/contracts/hosts'
import { hostOptions } from '@/lib/queries/events'
import { HostView } from './host-view'

const ID = '<img src=x>\u202e'

const host: HostResponse = {
  id: ID,
  searchBy: 'host',
  names: ['<b>WS-1</b>'],
  addresses: [],
  users: ['eve'],
  lastSeenAt: null,
  resolver: 'it asks for the names of many.',
  alarms: [],
  rare: { zones: [], complete: false, maxOthers: 2 },
  dnsTools: { starts: [], complete: false },
}

// The volume panel counts; here nothing answers, and the page must stand without it.
beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => {})))
afterEach(() => vi.unstubAllGlobals())

test('a host is told with its warning; what was not looked through is said; names are inert', () => {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } })
  client.setQueryData(hostOptions(ID).queryKey, host)
  const { container } = render(
    <QueryClientProvider client={client}>
      <HostView id={ID} detectors={[]} />
    </QueryClientProvider>,
  )
  expect(container.querySelector('img, b')).toBeNull()
  expect(container.textContent).not.toContain('\u202e')
  expect(screen.getByText(/resolver that hides the real client/)).toBeDefined()
  expect(screen.getByText(/there may be more/)).toBeDefined()
  expect(screen.getByText(/None found in the time there was/)).toBeDefined()
  const link = screen.getByRole('link', { name: /Search its lookups/ })
  expect(new URL(link.getAttribute('href') ?? '', 'http://x').searchParams.get('q')).toBe(`host:"${ID}"`)
})
