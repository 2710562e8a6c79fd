import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { EscalationBoard } from '@/components/escalation/escalation-board'
import { PageFrame } from '@/components/ui/page-header'
import { escalationListOptions } from '@/lib/queries/escalations'
import { requireContext } from '@/lib/server/require-context'
import { listEscalations } from '@/lib/services/escalations/list-escalations'
import { loadEscalationsSearchParams, toEscalationFilter } from '@/lib/url/escalations-search-params'

export const metadata: Metadata = { title: 'Escalations' }

/** Rows the page comes with; the API's own page size. */
const FIRST_ROWS = 50

export default async function EscalationsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const ctx = await requireContext()
  const filter = toEscalationFilter(await loadEscalationsSearchParams(searchParams))
  const client = new QueryClient()
  await client.prefetchInfiniteQuery({
    ...escalationListOptions(filter),
    queryFn: () => listEscalations(ctx, { ...filter, limit: FIRST_ROWS, cursor: null }),
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame wide>
        <EscalationBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
