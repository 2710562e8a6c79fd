'use client'

import { useEffect, useRef, useState } from 'react'
import type { AlarmRow } from '@/lib/domain/alarm'
import { rowId } from './queue-row'

function focusRow(alarmId: string): void {
  const row = document.getElementById(rowId(alarmId))
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

/**
 * The row that keys act on. It belongs to an alarm and not to a place, so rows may come and go around it.
 *
 * @param startAt - alarm to start on, focused once it is drawn; null: the first row, without taking the focus.
 */
export function useRowCursor(rows: readonly AlarmRow[], startAt: string | null) {
  const [wantedId, setWantedId] = useState(startAt)
  const focusWanted = useRef(startAt)
  // The row may be wanted again without anything else having changed.
  const [, setMoves] = useState(0)
  const found = rows.findIndex((row) => row.id === wantedId)
  const index = Math.max(0, found)
  const active = rows[index] ?? null

  // Once the row is drawn, and after a closing sheet has given its focus back.
  useEffect(() => {
    if (active === null || active.id !== focusWanted.current) return
    const frame = requestAnimationFrame(() => {
      if (focusWanted.current !== active.id) return
      focusWanted.current = null
      focusRow(active.id)
    })
    return () => cancelAnimationFrame(frame)
  })

  const moveToId = (alarmId: string) => {
    focusWanted.current = alarmId
    setWantedId(alarmId)
    setMoves((count) => count + 1)
  }
  /** Moves by rows, down for positive numbers; stops at the ends. */
  const moveBy = (rowsDown: number) => {
    const row = rows[index + rowsDown]
    if (row) moveToId(row.id)
  }
  return { active, isLast: index + 1 >= rows.length, moveBy, moveToId, stayOn: setWantedId }
}
