'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import type { LookupHit, ProcessHit, SearchEventsResponse } from '@/lib/api/contracts/event-search'
import { eventRowsOptions } from '@/lib/queries/events'
import { failureOf } from '@/lib/queries/failure'
import type { EventFilter } from '@/lib/url/events-search-params'
import { LookupTable } from './lookup-table'
import { ProcessTable } from './process-table'

/** The rows themselves, as far as the search has come. */
export function EventRows({ filter }: { readonly filter: EventFilter }) {
  const query = useInfiniteQuery(eventRowsOptions(filter))
  const pages = query.data?.pages ?? []
  const rows = pages.flatMap((page) => page.rows)
  const last = pages.at(-1)
  if (query.isPending) return <SkeletonRows rows={10} label="Searching the events" />
  if (query.isError && rows.length === 0)
    return (
      <ErrorPanel
        title="The events could not be searched"
        detail={failureOf(query.error).detail}
        requestId={failureOf(query.error).requestId}
        onRetry={() => void query.refetch()}
        retrying={query.isRefetching}
      />
    )
  if (rows.length === 0 && last?.nextCursor === null) return <NothingFound range={last.range} isNarrow={filter.q !== ''} />
  return (
    <section aria-label="Events" className="min-w-0">
      <Rows rows={rows} />
      <p role="status" className="mt-3 mb-0 flex flex-wrap items-center gap-3 text-muted text-sm">
        {last === undefined || last.nextCursor === null ? (
          'That is all.'
        ) : (
          <>
            <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {last.rows.length > 0 ? 'Show older' : 'Search further back'}
            </Button>
            <span>
              {rows.length === 0 ? 'Nothing found yet' : `${formatCount(rows.length)} shown`}; searched back to{' '}
              <TimeText at={last.searchedFrom} />.
            </span>
          </>
        )}
      </p>
      {query.isFetchNextPageError ? (
        <ErrorPanel
          title="Older events could not be read"
          detail={failureOf(query.error).detail}
          requestId={failureOf(query.error).requestId}
          onRetry={() => void query.fetchNextPage()}
        />
      ) : null}
    </section>
  )
}

function Rows({ rows }: { readonly rows: SearchEventsResponse['rows'] }) {
  const lookups = rows.filter((row): row is LookupHit => row.kind === 'dns')
  const starts = rows.filter((row): row is ProcessHit => row.kind === 'process')
  if (lookups.length > 0) return <LookupTable rows={lookups} />
  return starts.length > 0 ? <ProcessTable rows={starts} /> : null
}

function NothingFound({ range, isNarrow }: { readonly range: SearchEventsResponse['range']; readonly isNarrow: boolean }) {
  if (range.from >= range.to)
    return (
      <EmptyState kind={isNarrow ? 'filtered' : 'first'} title="No events are stored for this time">
        Import a log, or connect a sender on the page Sources. Older events may have gone by retention.
      </EmptyState>
    )
  return (
    <EmptyState kind="filtered" title="No event matches">
      Looked through everything from <TimeText at={range.from} /> to <TimeText at={range.to} />.
    </EmptyState>
  )
}
