import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LookResponse } from '@/lib/api/contracts/presence'
import { LookersMark, LookingNow } from './lookers'
import { lookingWords } from './presence'

const sent: unknown[] = []
let answer: LookResponse | null = { looked: [] }

beforeEach(() => {
  vi.useFakeTimers()
  sent.length = 0
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)).subject)
    return answer === null ? new Response('', { status: 503 }) : Response.json(answer)
  })
})
afterEach(() => vi.useRealTimers())

const pass = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms))
const mira = { userId: 'm', name: 'Mira' }

test('a page tells what it has open every ten seconds, and that it left', async () => {
  answer = { looked: [] }
  const { unmount } = render(<LookingNow subject="alarm:ALM-1" />)
  await pass(20_500)
  expect(sent).toEqual(['alarm:ALM-1', 'alarm:ALM-1', 'alarm:ALM-1'])
  unmount()
  await pass(100)
  expect(sent.at(-1)).toBeNull()
  await pass(30_000)
  expect(sent).toHaveLength(4)
})

test('others are named on the page and in the row, and nobody any more once the server cannot say', async () => {
  answer = { looked: [{ subject: 'alarm:ALM-1', people: [mira] }] }
  render(
    <>
      <LookingNow subject="alarm:ALM-1" />
      <ul>
        <li>
          <LookersMark subject="alarm:ALM-1" />
        </li>
        <li>
          <LookersMark subject="alarm:ALM-2" />
        </li>
      </ul>
    </>,
  )
  await pass(100)
  expect(screen.getByRole('status').textContent).toBe('Mira is looking')
  expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual(['Mira is looking', ''])
  answer = null
  await pass(10_000)
  expect(screen.queryByText('Mira is looking')).toBeNull()
})

test.each([
  [[], null],
  [['Mira'], 'Mira is looking'],
  [['Mira', 'Max'], 'Mira and Max are looking'],
  [['Mira', 'Max', 'Ada', 'Ben'], 'Mira and 3 others are looking'],
])('%j: %s', (names, words) => {
  expect(lookingWords(names)).toBe(words)
})
