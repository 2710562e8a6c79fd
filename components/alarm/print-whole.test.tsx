import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { WhenNear } from '@/components/chart/when-near'
import { Skeleton } from '@/components/ui/skeleton'
import { PrintWhole } from './print-whole'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** A panel whose figures come when the test says so. */
function Slow() {
  const [isThere, setThere] = useState(false)
  return isThere ? (
    <p>figures</p>
  ) : (
    <button type="button" onClick={() => setThere(true)}>
      <Skeleton /> answer
    </button>
  )
}

test('Ctrl P prints once the panels that nobody scrolled to are loaded', async () => {
  class Observer {
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal('IntersectionObserver', Observer)
  const print = vi.fn(() => screen.queryByText('figures') !== null)
  vi.stubGlobal('print', print)
  render(
    <main>
      <PrintWhole />
      <WhenNear heightClass="h-20">
        <Slow />
      </WhenNear>
    </main>,
  )
  fireEvent.keyDown(window, { key: 'p', ctrlKey: true })
  fireEvent.keyDown(window, { key: 'p', ctrlKey: true })
  fireEvent.click(await screen.findByRole('button'))
  await vi.waitFor(() => expect(print).toHaveBeenCalled())
  expect(print.mock.results).toEqual([{ type: 'return', value: true }])
})

test('a letter alone prints nothing, and the browser keeps its own key with Shift', () => {
  render(<PrintWhole />)
  expect(fireEvent.keyDown(window, { key: 'p' })).toBe(true)
  expect(fireEvent.keyDown(window, { key: 'P', ctrlKey: true, shiftKey: true })).toBe(true)
})
