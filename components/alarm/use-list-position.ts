'use client'

import { type InfiniteData, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import { type AlarmListFilter, alarmKeys } from '@/lib/queries/alarms'

/** The list an analyst came from: its filter and its address. */
export interface WalkedList {
  readonly filter: AlarmListFilter
  readonly search: string
  /** The alarm the cursor is on. */
  readonly alarmId: string
}

export interface ListPosition {
  readonly search: string
  /** 1-based; where the alarm stood, when it has left the list meanwhile. */
  readonly position: number
  readonly total: number
  readonly previousId: string | null
  readonly nextId: string | null
}

/** Where an alarm stands in the list it was opened from; null when it was opened by its address. */
export function useListPosition(alarmId: string): ListPosition | null {
  const client = useQueryClient()
  const walked = client.getQueryData<WalkedList>(alarmKeys.walked)
  const list = walked && client.getQueryData<InfiniteData<ListAlarmsResponse>>(alarmKeys.list(walked.filter))
  const rows = list?.pages.flatMap((page) => page.rows) ?? []
  const found = rows.findIndex((row) => row.id === alarmId)
  const [stood, setStood] = useState(found)
  if (found !== -1 && found !== stood) setStood(found)
  // Going back to the queue puts the cursor on the alarm last looked at.
  useEffect(() => {
    if (found !== -1) client.setQueryData<WalkedList>(alarmKeys.walked, (last) => last && { ...last, alarmId })
  }, [client, found, alarmId])
  if (walked === undefined || list === undefined || stood === -1) return null
  // Once decided it has left the list, and the row that moved up into its place is the next one.
  const nextIndex = found === -1 ? stood : found + 1
  return {
    search: walked.search,
    position: stood + 1,
    total: Math.max(list.pages[0]?.total ?? 0, rows.length, stood + 1),
    previousId: rows[stood - 1]?.id ?? null,
    nextId: rows[nextIndex]?.id ?? null,
  }
}
