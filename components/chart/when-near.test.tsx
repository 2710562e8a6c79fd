import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { WhenNear } from './when-near'

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function watched() {
  const seen: { report: (near: boolean) => void } = { report: () => {} }
  class Observer {
    constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
      seen.report = (isIntersecting) => callback([{ isIntersecting }])
    }
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal('IntersectionObserver', Observer)
  render(
    <WhenNear heightClass="h-20">
      <p>chart</p>
    </WhenNear>,
  )
  return seen
}

test('what is far below the window is not mounted until it comes near', () => {
  watched()
  expect(screen.queryByText('chart')).toBeNull()
})

test('it is mounted when it comes near', () => {
  const seen = watched()
  act(() => seen.report(false))
  expect(screen.queryByText('chart')).toBeNull()
  act(() => seen.report(true))
  expect(screen.getByText('chart')).toBeTruthy()
})

test('it is mounted for paper', () => {
  watched()
  act(() => void window.dispatchEvent(new Event('beforeprint')))
  expect(screen.getByText('chart')).toBeTruthy()
})
