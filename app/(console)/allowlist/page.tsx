import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { AllowlistBoard } from '@/components/allowlist/allowlist-board'
import { PageFrame } from '@/components/ui/page-header'
import { detectors } from '@/lib/detectors'
import { allowlistOptions } from '@/lib/queries/allowlist'
import { requireContext } from '@/lib/server/require-context'
import { listEntries } from '@/lib/services/allowlist/list-entries'
import { loadAllowlistSearchParams } from '@/lib/url/allowlist-search-params'

export const metadata: Metadata = { title: 'Allowlist' }

export default async function AllowlistPage({ searchParams }: PageProps<'/allowlist'>) {
  const ctx = await requireContext()
  const { removed } = await loadAllowlistSearchParams(searchParams)
  const client = new QueryClient()
  await client.prefetchQuery({
    queryKey: allowlistOptions(removed).queryKey,
    queryFn: () => listEntries(ctx, { includeRemoved: removed }),
  })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <AllowlistBoard detectorTitles={Object.fromEntries(detectors.map(({ rule }) => [rule.id, rule.title]))} />
      </PageFrame>
    </HydrationBoundary>
  )
}
