import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { EventsBoard } from '@/components/event/events-board'
import { NoPermission } from '@/components/shell/no-permission'
import { PageFrame } from '@/components/ui/page-header'
import { parseEventSearch } from '@/lib/domain/event-search'
import { can } from '@/lib/domain/permission'
import { eventRowsOptions } from '@/lib/queries/events'
import { requireContext } from '@/lib/server/require-context'
import { searchEvents } from '@/lib/services/events-search/search-events'
import { loadEventsSearchParams, toEventFilter } from '@/lib/url/events-search-params'

export const metadata: Metadata = { title: 'Events' }

/** Rows the page comes with; the API's own page size. */
const FIRST_ROWS = 100

export default async function EventsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const ctx = await requireContext()
  if (!can(ctx.actor.role, 'event:read')) return <NoPermission title="Events" who="Analysts, managers and admins search events." />
  const filter = toEventFilter(await loadEventsSearchParams(searchParams))
  const client = new QueryClient()
  // A search that cannot be read is for the page to explain; it asks for nothing then.
  if (parseEventSearch(filter.q).problems.length === 0)
    await client.prefetchInfiniteQuery({
      ...eventRowsOptions(filter),
      queryFn: () => searchEvents(ctx, { ...filter, limit: FIRST_ROWS, cursor: null }),
    })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame wide>
        <EventsBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
