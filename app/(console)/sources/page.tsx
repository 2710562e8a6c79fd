import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import Link from 'next/link'
import { SourceBoard } from '@/components/source/source-board'
import { buttonClass } from '@/components/ui/button-class'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { logSourceListOptions } from '@/lib/queries/log-sources'
import { sourceListOptions } from '@/lib/queries/sources'
import { requireContext } from '@/lib/server/require-context'
import { listLogSources } from '@/lib/services/log-sources/list-log-sources'
import { listSources } from '@/lib/services/sources/list-sources'

export const metadata: Metadata = { title: 'Sources' }

export default async function SourcesPage() {
  const ctx = await requireContext()
  const client = new QueryClient()
  await Promise.all([
    client.prefetchQuery({ queryKey: sourceListOptions().queryKey, queryFn: () => listSources(ctx) }),
    client.prefetchQuery({ queryKey: logSourceListOptions().queryKey, queryFn: () => listLogSources(ctx) }),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <PageHeader
          title="Sources"
          description="Bring logs in, and see what was taken, what was left out and why."
          actions={
            <Link href="/sources/assets" className={buttonClass()}>
              Assets
            </Link>
          }
        />
        <SourceBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
