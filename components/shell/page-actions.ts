'use client'
import { useEffect, useRef } from 'react'

/** One thing that can be done here, with the key that does the same. */
export interface PageAction {
  readonly label: string
  readonly keys: string
  readonly run: () => void
}

/** What a page offers to the command palette, and what it acts on: "ALM-…" or "212 alarms selected". */
export interface PageActions {
  readonly subject: string
  readonly actions: readonly PageAction[]
}

let offered: (() => PageActions | null) | null = null

/** What the page on screen offers at this moment. */
export const pageActions = (): PageActions | null => offered?.() ?? null

/** Offers what the page can do to the command palette, as long as it is on screen; asked when the palette opens. */
export function usePageActions(get: () => PageActions | null): void {
  const latest = useRef(get)
  useEffect(() => {
    latest.current = get
  })
  useEffect(() => {
    const offer = () => latest.current()
    offered = offer
    return () => {
      if (offered === offer) offered = null
    }
  }, [])
}
