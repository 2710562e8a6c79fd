'use client'

import { useEffect, useEffectEvent, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount } from '@/components/ui/format'
import { Skeleton } from '@/components/ui/skeleton'
import type { AlarmRow } from '@/lib/domain/alarm'
import { failureOf } from '@/lib/queries/failure'
import { type AlarmsSearchParams, isNarrowed } from '@/lib/url/alarms-search-params'
import { FilterChips } from './filter-chips'
import { QueueEmpty } from './queue-empty'
import { QueueTable } from './queue-table'
import { statusTabOf } from './status-tabs'
import type { useLiveRows } from './use-live-rows'

interface QueueBodyProps {
  readonly live: ReturnType<typeof useLiveRows>
  readonly params: AlarmsSearchParams
  readonly activeId: string | null
  readonly onlyOpen: boolean
  readonly showStatus: boolean
  readonly detectorTitle: (id: string) => string
  readonly isSelected: (alarmId: string) => boolean
  readonly onSelect: ((row: AlarmRow) => void) | null
  readonly onFocusRow: (alarmId: string) => void
  readonly onParams: (changes: { [Key in keyof AlarmsSearchParams]?: AlarmsSearchParams[Key] | null }) => void
}

/** Rows, or the reason why there are none. */
export function QueueBody(props: QueueBodyProps) {
  const { live, params, activeId, onlyOpen, showStatus, detectorTitle, onFocusRow, onParams } = props
  const { list, rows, diff, counts } = live
  if (list.isPending) return <QueueSkeleton />
  if (list.isError && rows.length === 0) {
    const failure = failureOf(list.error)
    if (failure.code === 'forbidden') {
      return (
        <EmptyState kind="forbidden" title="You may not see alarms">
          {failure.detail} An admin can change your role.
        </EmptyState>
      )
    }
    return (
      <ErrorPanel
        title="The alarms could not be loaded"
        detail={failure.detail}
        requestId={failure.requestId}
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    )
  }
  if (rows.length === 0) {
    return (
      <QueueEmpty
        narrowed={isNarrowed(params)}
        tabLabel={statusTabOf(params.status)?.label ?? 'these statuses'}
        onlyOpen={onlyOpen}
        elsewhere={Object.values(counts?.status ?? {}).reduce((sum, count) => sum + count, 0)}
        chips={<FilterChips params={params} detectorTitle={detectorTitle} onChange={onParams} />}
      />
    )
  }
  return (
    <div className={list.isPlaceholderData ? 'opacity-60' : undefined} aria-busy={list.isPlaceholderData || undefined}>
      <QueueTable
        rows={rows}
        total={live.total}
        activeId={activeId}
        gone={diff.gone}
        isSelected={props.isSelected}
        onSelect={props.onSelect}
        showStatus={showStatus}
        detectorTitle={detectorTitle}
        onFocusRow={onFocusRow}
      />
      <More live={live} />
    </div>
  )
}

/** Loads the next page when it comes near, and by button. */
function More({ live: { list, rows, total } }: Pick<QueueBodyProps, 'live'>) {
  const markRef = useRef<HTMLDivElement>(null)
  const load = useEffectEvent(() => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isFetchNextPageError) void list.fetchNextPage()
  })
  useEffect(() => {
    const mark = markRef.current
    if (mark === null || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load(), { rootMargin: '400px' })
    observer.observe(mark)
    return () => observer.disconnect()
  }, [])
  return (
    <div ref={markRef} className="flex items-center justify-center gap-3 py-4 text-muted text-sm">
      <span>
        {formatCount(rows.length)} of {formatCount(Math.max(total, rows.length))}
      </span>
      {list.hasNextPage && (
        <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {list.isFetchNextPageError ? 'Try again' : 'Load more'}
        </Button>
      )}
    </div>
  )
}

function QueueSkeleton() {
  return (
    <div role="status" className="border-line border-t">
      <span className="sr-only">Loading alarms</span>
      {Array.from({ length: 8 }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-(--queue-row) items-center gap-4 border-line border-b px-3">
          <Skeleton className="h-5 w-20" />
          <div className="flex flex-1 flex-col gap-2">
            <Skeleton className={row % 2 === 0 ? 'h-3.5 w-1/3' : 'h-3.5 w-1/4'} />
            <Skeleton className="h-3 w-2/3" />
          </div>
          <Skeleton className="hidden h-3.5 w-28 lg:block" />
          <Skeleton className="hidden h-5 w-24 lg:block" />
        </div>
      ))}
    </div>
  )
}
