'use client'

import { hashKey, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useMemo } from 'react'
import type { AlarmRow } from '@/lib/domain/alarm'
import { type AlarmListFilter, alarmChangesOptions, alarmKeys, alarmListOptions, freshAlarmsOptions } from '@/lib/queries/alarms'
import { liveDiff, NO_DIFF, withFreshFigures } from './live-diff'

const NO_ROWS: readonly AlarmRow[] = []

function uniqueRows(rows: readonly AlarmRow[]): readonly AlarmRow[] {
  const seen = new Set<string>()
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id))
}

/** The queue's rows, which stand still, and what a fresh look would change, which waits. */
export function useLiveRows(filter: AlarmListFilter) {
  const client = useQueryClient()
  const list = useInfiniteQuery({ ...alarmListOptions(filter), placeholderData: keepPreviousData })
  const changes = useQuery(alarmChangesOptions())
  const loaded = list.isPlaceholderData ? undefined : list.data
  const loadedAt = loaded?.pages[0]?.changeNumber
  const now = changes.data?.changeNumber
  const moved = loadedAt !== undefined && now !== undefined && now > loadedAt
  const fresh = useQuery({
    ...freshAlarmsOptions(filter, now ?? 0),
    enabled: moved,
    // The last look at the same list stands until the next one is here, so that what waits does not flicker.
    placeholderData: (last, query) =>
      query && hashKey(query.queryKey.slice(0, 3)) === hashKey(alarmKeys.fresh(filter, 0).slice(0, 3)) ? last : undefined,
  })
  const freshPage = moved ? fresh.data : undefined

  const shown = useMemo(() => uniqueRows(list.data?.pages.flatMap((page) => page.rows) ?? NO_ROWS), [list.data])
  const complete = loaded !== undefined && loaded.pages.at(-1)?.nextCursor === null
  const diff = useMemo(() => (freshPage ? liveDiff(shown, complete, freshPage) : NO_DIFF), [shown, complete, freshPage])
  const rows = useMemo(() => withFreshFigures(shown, freshPage), [shown, freshPage])
  const first = freshPage ?? list.data?.pages[0]

  const showFresh = () => {
    if (freshPage) client.setQueryData(alarmKeys.list(filter), { pages: [freshPage], pageParams: [null] })
    else void list.refetch()
  }
  const showAtOnce = useEffectEvent(showFresh)
  // With nothing on screen there is no cursor that a row could be moved away from.
  const nothingToMove = freshPage !== undefined && shown.length === 0 && diff.added > 0
  useEffect(() => {
    if (nothingToMove) showAtOnce()
  }, [nothingToMove])

  return { list, rows, diff, showFresh, counts: first?.counts, total: first?.total ?? 0, offline: changes.isError }
}
