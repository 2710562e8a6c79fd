import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Asset } from '@/lib/domain/asset'
import { AssetTable } from './asset-table'
import { NameHistory } from './name-history'
import { OwnZones } from './own-zones'
import { SourceName } from './source-name'

const NOON = Date.UTC(2026, 10, 21, 12)

let requests: { readonly path: string; readonly body: unknown }[]
let answer: (path: string) => { readonly status?: number; readonly body: unknown }
beforeEach(() => {
  requests = []
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    requests.push({ path: decodeURIComponent(input), body: typeof init?.body === 'string' ? JSON.parse(init.body) : null })
    const { status = 200, body } = answer(decodeURIComponent(input))
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => vi.unstubAllGlobals())

const show = (children: ReactNode) => render(<QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>)

const name = (source: string, at: number | null, text: string) => ({
  ...{ source, at, name: text, origin: 'dhcp' },
  ...{ firstSeenAt: NOON, lastSeenAt: NOON + 60_000 },
})

describe('the name of a source', () => {
  test('rows that appear together ask together, each for its own instant', async () => {
    answer = () => ({ body: { names: [name('10.0.0.5', NOON, 'laptop-7'), name('10.0.0.5', NOON + 1, 'tablet')] } })
    show(
      <>
        <SourceName source="10.0.0.5" at={NOON} />
        <SourceName source="10.0.0.5" at={NOON + 1} />
        <SourceName source="10.0.0.6" at={NOON} />
        <SourceName source={null} at={NOON} />
        <SourceName source="a,b@1" at={NOON} />
      </>,
    )
    expect((await screen.findByText('laptop-7')).title).toBe('laptop-7\nName from a DHCP lease, 21 Nov 2026 12:00Z to 21 Nov 2026 12:01Z')
    expect(screen.getByText('tablet')).toBeDefined()
    expect(requests.map(({ path }) => path)).toEqual([
      `/api/v1/assets/names?sources=10.0.0.5@${NOON},10.0.0.5@${NOON + 1},10.0.0.6@${NOON}`,
    ])
  })

  test('is inert, whatever it holds', async () => {
    answer = () => ({ body: { names: [name('10.0.0.5', null, '<img src=x>\u202egnp')] } })
    const { container } = show(<SourceName source="10.0.0.5" at={null} />)
    expect(await screen.findByText(/<img src=x>/)).toBeDefined()
    expect(container.querySelector('img')).toBeNull()
    expect(container.innerHTML).not.toContain('\u202e')
  })

  test('is left out where it only repeats what stands there', async () => {
    answer = () => ({ body: { names: [name('10.0.0.5', 1, 'ws-12'), name('10.0.0.5', 2, 'ws-13')] } })
    show(
      <>
        <SourceName source="10.0.0.5" at={1} beside={['WS-12.corp.example']} />
        <SourceName source="10.0.0.5" at={2} beside={['WS-1']} />
      </>,
    )
    expect(await screen.findByText('ws-13')).toBeDefined()
    expect(screen.queryByText('ws-12')).toBeNull()
  })

  test('nothing is shown when the server cannot say, nor outside of a page', async () => {
    answer = () => ({ status: 500, body: {} })
    const { container } = show(<SourceName source="10.0.0.5" at={1} />)
    await waitFor(() => expect(requests).toHaveLength(1))
    expect(container.textContent).toBe('')
    expect(render(<SourceName source="10.0.0.5" at={1} />).container.textContent).toBe('')
  })
})

describe('the history of names', () => {
  const span = (address: string, text: string) => ({
    ...{ address, origin: 'ptr', name: text, demo: false },
    ...{ firstSeenAt: NOON, lastSeenAt: NOON + 1 },
  })

  test('of an address are its names', async () => {
    answer = () => ({ body: { spans: [span('10.0.0.5', 'b'), span('10.0.0.5', '<b>a</b>')] } })
    const { container } = show(<NameHistory of="10.0.0.5" />)
    expect(await screen.findByRole('heading', { name: 'Names this address has had' })).toBeDefined()
    expect(container.querySelectorAll('li')).toHaveLength(2)
    expect(container.querySelector('li b')).toBeNull()
  })

  test('of a name are its addresses, which lead to their pages; of neither, nothing', async () => {
    answer = (path) => ({ body: { spans: path.endsWith('laptop') ? [span('10.0.0.5', 'laptop.corp.example')] : [] } })
    show(<NameHistory of="laptop" />)
    const link = await screen.findByRole('link', { name: '10.0.0.5' })
    expect(link.getAttribute('href')).toBe('/hosts/10.0.0.5')
    const { container } = show(<NameHistory of="nobody" />)
    await waitFor(() => expect(requests).toHaveLength(2))
    expect(container.textContent).toBe('')
  })
})

const asset = (key: string, ...roles: Asset['roles']): Asset => ({
  ...{ key, name: `name of ${key}`, roles },
  ...{ origin: 'page', updatedAt: NOON, updatedByName: 'Ada' },
})

describe('own zones', () => {
  test('are listed, and one is added; what is known of it besides stays', async () => {
    answer = () => ({ body: { asset: asset('corp.example', 'own-zone'), running: true } })
    show(
      <OwnZones
        assets={[asset('a.example', 'own-zone'), asset('10.0.0.1', 'resolver'), asset('corp.example', 'mail-server')]}
        refusal={null}
      />,
    )
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['a.example'])
    fireEvent.change(screen.getByLabelText('Zone'), { target: { value: ' Corp.Example. ' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add zone' }))
    await waitFor(() =>
      expect(requests[0]?.body).toEqual({ address: 'corp.example', name: 'name of corp.example', roles: ['mail-server', 'own-zone'] }),
    )
  })

  test('a refusal stands at the field', async () => {
    const errors = [{ path: 'address', message: 'is no host name' }]
    answer = () => ({ status: 422, body: { type: '/problems/invalid', title: 'Not valid', status: 422, detail: 'Not valid.', errors } })
    show(<OwnZones assets={[]} refusal={null} />)
    fireEvent.change(screen.getByLabelText('Zone'), { target: { value: 'a b' } })
    fireEvent.click(screen.getByRole('button', { name: 'Add zone' }))
    expect(await screen.findByText('is no host name')).toBeDefined()
  })
})

test('the table finds an asset by address, name or role', () => {
  show(<AssetTable assets={[asset('10.0.0.1', 'resolver'), asset('10.0.0.2', 'scanner')]} refusal={null} onEdit={() => {}} />)
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'SCAN' } })
  expect(screen.getByRole('status').textContent).toBe('1 of 2 assets')
  expect(screen.getByRole('button', { name: 'Edit 10.0.0.2' })).toBeDefined()
  expect(screen.queryByRole('button', { name: 'Edit 10.0.0.1' })).toBeNull()
})
