import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import Link from 'next/link'
import { DetectorList } from '@/components/detector/detector-list'
import { buttonClass } from '@/components/ui/button-class'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { detectorListOptions } from '@/lib/queries/detectors'
import { requireContext } from '@/lib/server/require-context'
import { listDetectors } from '@/lib/services/detectors/list-detectors'

export const metadata: Metadata = { title: 'Detectors' }

export default async function DetectorsPage() {
  const ctx = await requireContext()
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: detectorListOptions().queryKey, queryFn: () => listDetectors(ctx) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <PageHeader
          title="Detectors"
          description="What looks at the logs, with which settings, and what it brought."
          actions={
            <Link href="/detectors/evaluation" className={buttonClass()}>
              How they were measured
            </Link>
          }
        />
        <DetectorList />
      </PageFrame>
    </HydrationBoundary>
  )
}
