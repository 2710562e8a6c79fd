import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CurrentUserProvider } from '@/components/shell/current-user'
import { ToastProvider } from '@/components/ui/toast'
import type { PreviewAllowlistResponse } from '@/lib/api/contracts/allowlist'
import type { Role } from '@/lib/domain/permission'
import { DecisionSheet } from './decision-sheet'
import { testAlarm, testRow } from './testing-alarm'
import { useShortcuts } from './use-shortcuts'
import { useTriage } from './use-triage'

// Looking up roles in jsdom takes long on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })

let closes: unknown[]
let preview: PreviewAllowlistResponse

beforeEach(() => {
  closes = []
  preview = { openAlarms: 12, truePositives: 0, examples: [], refusal: null, warnings: [] }
  vi.stubGlobal('fetch', async (path: string, init?: RequestInit) => {
    if (path.endsWith('/allowlist/preview')) return new Response(JSON.stringify(preview))
    closes.push(JSON.parse(String(init?.body)))
    const event = {
      id: 'e',
      alarmId: 'a',
      at: 1,
      action: 'closed',
      byUserId: 'u',
      byName: 'Nia',
      note: null,
      detail: null,
      undoneById: null,
    }
    return new Response(JSON.stringify({ alarm: testAlarm({ status: 'closed' }), event, hiddenAlarms: 11 }))
  })
})

const alarm = testRow()

function Sheet({ role }: { readonly role: Role }) {
  const [current] = useState(alarm)
  const triage = useTriage({ role, current })
  useShortcuts(triage.press)
  return <DecisionSheet triage={triage} role={role} detectorTitle={() => 'Lookup tunnel'} />
}

function show(role: Role = 'analyst') {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ToastProvider>
        <CurrentUserProvider user={{ userId: 'u', name: 'Nia', email: null, role }}>
          <Sheet role={role} />
        </CurrentUserProvider>
      </ToastProvider>
    </QueryClientProvider>,
  )
}
const press = (key: string, modifiers: object = {}) => fireEvent.keyDown(document.activeElement ?? document.body, { key, ...modifiers })
const submit = () => press('Enter', { ctrlKey: true })

describe('the decision sheet', () => {
  test('offers six reasons, each with its key and what it means', async () => {
    show()
    press('e')
    const reasons = within(await screen.findByRole('radiogroup', { name: 'Reason' })).getAllByRole('radio')
    expect(reasons).toHaveLength(6)
    expect(screen.getByText('Another alarm already covers the same activity.')).toBeTruthy()
  })

  test('undetermined is stored only with a note', async () => {
    show()
    press('e')
    press('6')
    await screen.findByRole('textbox', { name: 'Note' })
    submit()
    expect(closes).toEqual([])
    fireEvent.change(screen.getByRole('textbox', { name: 'Note' }), { target: { value: 'Host is gone.' } })
    submit()
    await waitFor(() => expect(closes).toHaveLength(1))
    expect(closes[0]).toMatchObject({ reason: 'undetermined', note: 'Host is gone.', allowlist: null })
  })

  test('f 3 b Ctrl+Enter adds the narrowest entry: this zone, source and detector for 30 days', async () => {
    show()
    press('f')
    press('3')
    press('b')
    await screen.findByText('12 open alarms')
    submit()
    await waitFor(() => expect(closes).toHaveLength(1))
    expect(closes[0]).toMatchObject({
      expectedVersion: 1,
      reason: 'benign-positive',
      family: 'cdn',
      allowlist: { domain: 'tunnel.example', source: '10.0.0.5', detector: 'dns_lookup_tunneling', days: 30, family: 'cdn' },
    })
  })

  test('an entry that the server refuses cannot be stored', async () => {
    preview = { ...preview, refusal: 'co.uk is a public suffix.' }
    show()
    press('f')
    await screen.findAllByText('co.uk is a public suffix.')
    submit()
    expect(closes).toEqual([])
  })

  test('hiding what was confirmed as a tunnel asks first', async () => {
    preview = { ...preview, truePositives: 2 }
    show()
    press('f')
    const consent = await screen.findByRole('checkbox', { name: /2 alarms confirmed as tunnels/ })
    submit()
    expect(closes).toEqual([])
    fireEvent.click(consent)
    submit()
    await waitFor(() => expect(closes).toHaveLength(1))
  })

  test('a manager opens no sheet', () => {
    show('manager')
    press('e')
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
