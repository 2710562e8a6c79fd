'use client'
import { useState } from 'react'

/** A place in a list of rows with element ids; moving focuses the row's link. */
export function useCursor(ids: readonly string[], elementId: (id: string) => string) {
  const [wanted, setWanted] = useState<string | null>(null)
  const index = wanted === null ? -1 : ids.indexOf(wanted)
  const moveBy = (rows: number) => {
    const next = ids[Math.min(ids.length - 1, Math.max(0, index + rows))]
    if (next === undefined) return
    setWanted(next)
    const row = document.getElementById(elementId(next))
    row?.scrollIntoView({ block: 'nearest' })
    row?.querySelector<HTMLElement>('a')?.focus({ preventScroll: true })
  }
  return { active: ids[index] ?? null, moveBy }
}
