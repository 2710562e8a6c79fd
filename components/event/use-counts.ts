'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { EventFilterQuery } from '@/lib/api/contracts/event-search'
import { eventCountsOptions } from '@/lib/queries/events'
import { addCounts } from './add-counts'

/** Pieces that are asked for without being told to, a third of a second each. */
const PIECES_AT_ONCE = 6

/** Counts of a search that grow piece by piece; after a few it waits to be told to go on. */
export function useCounts(filter: EventFilterQuery) {
  const key = JSON.stringify(filter)
  const [asked, setAsked] = useState({ key, pieces: PIECES_AT_ONCE })
  const allowed = asked.key === key ? asked.pieces : PIECES_AT_ONCE
  const query = useInfiniteQuery(eventCountsOptions(filter))
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  const pieces = query.data?.pages
  const counted = pieces?.length ?? 0
  const goesOn = hasNextPage && counted < allowed && !isError
  useEffect(() => {
    if (goesOn && !isFetching) void fetchNextPage()
  }, [goesOn, isFetching, fetchNextPage])
  const counts = useMemo(() => (pieces === undefined ? null : addCounts(pieces)), [pieces])
  const first = pieces?.[0]
  return {
    query,
    counts,
    range: first?.range ?? null,
    bucketMs: first?.bucketMs ?? 0,
    countedFrom: pieces?.at(-1)?.countedFrom ?? null,
    complete: query.data !== undefined && !hasNextPage,
    counting: query.isPending || goesOn || query.isFetchingNextPage,
    goOn: () => setAsked({ key, pieces: counted + PIECES_AT_ONCE }),
  }
}

export type Counts = ReturnType<typeof useCounts>
