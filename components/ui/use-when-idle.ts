'use client'
import { useEffect, useEffectEvent } from 'react'

const LATEST_MS = 2_000

/** Runs `work` once, when the page has nothing better to do: the place to load what the next key may ask for. */
export function useWhenIdle(work: () => unknown): void {
  const run = useEffectEvent(work)
  useEffect(() => {
    if (typeof requestIdleCallback === 'undefined') {
      const timer = setTimeout(() => run(), LATEST_MS)
      return () => clearTimeout(timer)
    }
    const handle = requestIdleCallback(() => run(), { timeout: LATEST_MS })
    return () => cancelIdleCallback(handle)
  }, [])
}
