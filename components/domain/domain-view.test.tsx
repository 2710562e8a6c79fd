import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import type { DomainResponse } from '@/lib/api/contracts/domains'
import { domainOptions } from '@/lib/queries/events'
import { AllowPanel } from './allow-panel'
import { DomainView } from './domain-view'

const ZONE = 'xn--80ak6aa92e.example'
const title = (id: string) => id

const domain = (fields: Partial<DomainResponse> = {}): DomainResponse => ({
  zone: ZONE,
  seen: null,
  hosts: [],
  alarms: [],
  allowlist: [],
  decodings: [],
  catalogue: [],
  ...fields,
})

const entry = {
  id: 'e-1',
  domain: ZONE,
  source: '<b>10.0.0.5</b>',
  detector: null,
  reason: '<script>alert(1)</script>\u202e',
  family: null,
  createdAt: 0,
  createdByUserId: 'u',
  createdByName: 'Mira',
  expiresAt: Date.UTC(2027, 0, 1),
  removedAt: null,
  removedByName: null,
  hiddenAlarms: 0,
  lastHitAt: null,
  alarmId: null,
}

test('a domain that nobody asked for says so, and draws no empty chart', () => {
  const client = new QueryClient()
  client.setQueryData(domainOptions(ZONE).queryKey, domain())
  render(
    <QueryClientProvider client={client}>
      <DomainView zone={ZONE} detectors={[]} />
    </QueryClientProvider>,
  )
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain(ZONE)
  expect(screen.getByText(/No stored lookup names this domain/)).toBeDefined()
  expect(screen.getByText(/None was ever raised/)).toBeDefined()
  expect(screen.queryByRole('figure')).toBeNull()
})

test('the deciding entry and the catalogue are told with their sources, texts inert', () => {
  const catalogue: DomainResponse['catalogue'] = [
    {
      suffix: `r.${ZONE}`,
      family: 'update-service',
      holder: 'operator',
      shape: 'any',
      what: 'Reputation look-ups',
      source: 'Vendor list',
      checked: '2026-11-01',
    },
  ]
  const { container } = render(
    <AllowPanel domain={domain({ allowlist: [entry, { ...entry, id: 'e-2' }], catalogue })} detectorTitle={title} />,
  )
  expect(screen.getByText('Decides:')).toBeDefined()
  expect(screen.getByText('Also covers:')).toBeDefined()
  expect(container.querySelector('b, script')).toBeNull()
  expect(container.textContent).not.toContain('\u202e')
  expect(container.textContent).toContain('Vendor list, checked 2026-11-01')
  expect(screen.getByRole('link', { name: /on the allowlist/ }).getAttribute('href')).toBe(`/allowlist?check=${ZONE}`)
})
