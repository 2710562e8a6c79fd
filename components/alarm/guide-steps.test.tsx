import { readFileSync } from 'node:fs'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ToastProvider } from '@/components/ui/toast'
import type { GuideStep } from '@/lib/domain/guide-step'
import { toGuide } from './guide-document'
import { GuidePanel } from './guide-panel'
import { choicesOf, headOf, openStepsLine, progressOf, stepIdOf } from './guide-steps'
import { testAlarm } from './testing-alarm'

vi.setConfig({ testTimeout: 30_000 })
configure({ asyncUtilTimeout: 10_000 })
afterEach(cleanup)

const guide = toGuide(`# G

## Investigate

1. Read the samples, oddest first. Is there a counter?
2. Find the process. Endpoint logs name it.
3. Ask the owner <b>now</b>.

## Response

- [ ] Isolate the host.
`)
const guideOf = (detector: string) => toGuide(readFileSync(`lib/detectors/${detector}/guide.md`, 'utf8'))
const given = (words: string, answer: GuideStep['answer']): GuideStep => ({
  stepId: stepIdOf(words),
  answer,
  note: null,
  byName: 'Ana',
  at: 5,
})

describe('steps', () => {
  test.each([
    ['What did the queries carry? Try the decoder on the samples.', ['harmless', 'sensitive', 'undecodable']],
    ['Who started it? Read the process tree from the top.', ['trusted', 'untrusted', 'unknown']],
    ['Read the samples, oddest first.', ['encoded', 'readable', 'unsure']],
    ['Ask whether a test is authorised.', ['done']],
  ])('%s', (words, choices) => {
    expect(choicesOf(words)).toEqual(choices)
  })

  test('are keyed by their words: the API takes the key, and other words are another step', () => {
    const ids = ['Read the samples.', 'Read the names.', '¿?', 'Ä'.repeat(900)].map(stepIdOf)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]{1,80}$/)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('of every guide in the program can be told apart', () => {
    const detectors = ['dns_chunked_exfiltration', 'dns_exfiltration_slow', 'dns_lookup_tunneling', 'dns_tunnel_tool']
    for (const detector of [...detectors, 'dns_tunneling_ml', 'dns_tunneling_nslookup']) {
      expect(progressOf(guideOf(detector), [], testAlarm()).total).toBeGreaterThanOrEqual(5)
    }
  })

  test('that nobody answered are named, short', () => {
    const one = progressOf(guide, [given('Read the samples, oddest first. Is there a counter?', 'encoded')], testAlarm())
    expect(openStepsLine(one)).toBe('2 of 3 steps of the guide are not answered: 2, 3.')
    expect(openStepsLine({ total: 3, open: [] })).toBeNull()
    expect(headOf(`${'a'.repeat(300)}.`)).toHaveLength(120)
  })

  test('whose answer is a value of the evidence count as answered', () => {
    const types = toGuide('## Investigate\n\n1. Look at the record types.\n')
    const evidence = { ...testAlarm().evidence, byType: { TXT: 9 } }
    expect(progressOf(types, [], testAlarm({ evidence })).open).toEqual([])
    expect(progressOf(types, [], testAlarm()).open).toEqual([{ number: 1, head: 'Look at the record types.' }])
  })
})

describe('the panel', () => {
  let stored: GuideStep[]
  let posts: { readonly path: string; readonly body: Record<string, unknown> }[]
  let refuse: string | null

  beforeEach(() => {
    stored = []
    posts = []
    refuse = null
    vi.stubGlobal('fetch', (url: string, init?: RequestInit) => {
      const json = (status: number, body: unknown) => Promise.resolve(Response.json(body, { status }))
      if (init?.method !== 'POST') return json(200, { steps: stored, rows: [], total: 0, nextCursor: null, processStarts: [] })
      const body = JSON.parse(String(init.body))
      posts.push({ path: url, body })
      if (refuse !== null) return json(409, { type: 'about:blank', title: 'Conflict', status: 409, code: 'conflict', detail: refuse })
      const stepId = url.split('/').at(-1) ?? ''
      const step = body.answer === null ? null : { stepId, answer: body.answer, note: body.note, byName: 'Ana', at: 100 + posts.length }
      stored = step === null ? [] : [step]
      return json(200, { step })
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  const show = (refusal: string | null = null, status: 'open' | 'escalated' = 'open') =>
    render(
      <QueryClientProvider client={new QueryClient()}>
        <ToastProvider>
          <GuidePanel guide={guide} alarm={testAlarm({ status })} refusal={refusal} />
        </ToastProvider>
      </QueryClientProvider>,
    )
  const answers = (number: number) => within(screen.getByRole('group', { name: `Answer to step ${number}` }))

  test('stores an answer with a note, and puts back what stood before', async () => {
    show()
    fireEvent.click(answers(1).getByRole('button', { name: 'Encoded' }))
    expect((await answers(1).findByRole('button', { name: 'Encoded', pressed: true })).textContent).toBe('Encoded')
    expect(posts[0]?.body).toEqual({ step: 'Read the samples, oddest first.', answer: 'encoded', note: null, expectedAt: null })
    fireEvent.click(await answers(1).findByRole('button', { name: 'Note on step 1' }))
    fireEvent.change(screen.getByRole('textbox', { name: 'Note on step 1' }), { target: { value: ' base32 ' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save note' }))
    await vi.waitFor(() => expect(screen.queryByRole('textbox')).toBeNull())
    expect(await screen.findByText('base32')).toBeTruthy()
    expect(posts[1]?.body).toMatchObject({ answer: 'encoded', note: 'base32', expectedAt: 101 })
    fireEvent.click(answers(1).getByRole('button', { name: 'Encoded' }))
    await vi.waitFor(() => expect(posts[2]?.body).toMatchObject({ answer: null, expectedAt: 102 }))
  })

  test('says why an answer was not stored', async () => {
    refuse = 'Ben answered it meanwhile: readable.'
    show()
    fireEvent.click(answers(1).getByRole('button', { name: 'Readable' }))
    expect((await screen.findAllByText('Ben answered it meanwhile: readable.')).length).toBeGreaterThan(0)
    expect(answers(1).getByRole('button', { name: 'Readable' }).getAttribute('aria-pressed')).toBe('false')
  })

  test('lets a reader see and not answer; guide text is text', () => {
    show('Your role does not allow this.')
    fireEvent.click(answers(3).getByRole('button', { name: 'Done' }))
    expect(posts).toEqual([])
    expect(document.querySelector('li b')).toBeNull()
    expect(screen.queryByRole('link', { name: /Response checklist/ })).toBeNull()
  })

  test('says so when the detector is no longer part of the program', () => {
    render(
      <QueryClientProvider client={new QueryClient()}>
        <GuidePanel guide={[]} alarm={testAlarm({ detector: 'gone' })} refusal={null} />
      </QueryClientProvider>,
    )
    expect(screen.getByText(/no longer part of the program/)).toBeTruthy()
  })

  test('leads to the checklist once the alarm is escalated', () => {
    show(null, 'escalated')
    expect(screen.getByRole('link', { name: /Response checklist/ }).getAttribute('href')).toBe('/escalations')
  })
})
