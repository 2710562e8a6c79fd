'use client'

import { useEffect } from 'react'

/** A panel that takes longer is printed as it is. */
const PATIENCE_MS = 8_000
const LOOK_EVERY_MS = 100

/** True while something on the page is not loaded yet. */
const isLoading = (): boolean => document.querySelector('main [data-skeleton]') !== null

async function loaded(): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  do await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  while (isLoading() && performance.now() < until)
}

/**
 * Ctrl P (⌘ P) prints the page with every panel on it. A browser does not wait for what loads only when it is scrolled to,
 * so that is loaded first.
 */
export function PrintWhole() {
  useEffect(() => {
    let isPreparing = false
    const onKeyDown = async (event: KeyboardEvent): Promise<void> => {
      if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'p')
        return
      event.preventDefault()
      if (isPreparing) return
      isPreparing = true
      window.dispatchEvent(new Event('beforeprint'))
      await loaded()
      isPreparing = false
      window.print()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  return null
}
