import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { AssetBoard } from '@/components/asset/asset-board'
import { PageFrame } from '@/components/ui/page-header'
import { assetListOptions } from '@/lib/queries/assets'
import { requireContext } from '@/lib/server/require-context'
import { listAssets } from '@/lib/services/assets/list-assets'

export const metadata: Metadata = { title: 'Assets' }

export default async function AssetsPage() {
  const ctx = await requireContext()
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: assetListOptions().queryKey, queryFn: () => listAssets(ctx) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <AssetBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
