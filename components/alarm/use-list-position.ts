'use client'

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { type AlarmListFilter, alarmKeys, alarmListOptions } from '@/lib/queries/alarms'

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

/** The next page is asked for when no more rows than these are left to walk. */
const NEAR_END = 5
const NO_LIST: AlarmListFilter = { sort: 'worst' }

/** Where an alarm stands in the list it was opened from; null when it was opened by its address. */
export function useListPosition(alarmId: string): ListPosition | null {
  const client = useQueryClient()
  const walked = client.getQueryData<WalkedList>(alarmKeys.walked)
  // Only walked on: what stands in it is the queue's to ask for.
  const query = useInfiniteQuery({ ...alarmListOptions(walked?.filter ?? NO_LIST), enabled: false })
  const list = walked && query.data
  const rows = list?.pages.flatMap((page) => page.rows) ?? []
  const found = rows.findIndex((row) => row.id === alarmId)
  const [stood, setStood] = useState(found)
  if (found !== -1 && found !== stood) setStood(found)
  // Going back to the queue puts the cursor on the alarm last looked at.
  useEffect(() => {
    if (found !== -1) client.setQueryData<WalkedList>(alarmKeys.walked, (last) => last && { ...last, alarmId })
  }, [client, found, alarmId])
  const isNearEnd = stood !== -1 && rows.length - stood <= NEAR_END && query.hasNextPage && !query.isFetchNextPageError
  const loadMore = useEffectEvent(() => void query.fetchNextPage())
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page that leaves it near the end asks for another
  useEffect(() => {
    if (isNearEnd) loadMore()
  }, [isNearEnd, rows.length])
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
