import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { CoverageBoard } from '@/components/coverage/coverage-board'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { coverageOptions } from '@/lib/queries/coverage'
import { requireContext } from '@/lib/server/require-context'
import { getCoverage } from '@/lib/services/coverage/get-coverage'

export const metadata: Metadata = { title: 'Coverage' }

export default async function CoveragePage() {
  const ctx = await requireContext()
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: coverageOptions().queryKey, queryFn: () => getCoverage(ctx) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <PageHeader title="Coverage" description="The ATT&CK techniques our detectors claim, and what each has brought." />
        <CoverageBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
