import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { LogSourceBoard } from '@/components/source/log-source-board'
import { PageFrame } from '@/components/ui/page-header'
import { logSourceOptions } from '@/lib/queries/log-sources'
import { requireContext } from '@/lib/server/require-context'
import { getLogSource } from '@/lib/services/log-sources/get-log-source'

export const metadata: Metadata = { title: 'Source' }

interface LogSourcePageProps {
  readonly params: Promise<{ id: string }>
  readonly searchParams: Promise<{ sender?: string | string[] }>
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'not-found'

export default async function LogSourcePage({ params, searchParams }: LogSourcePageProps) {
  const ctx = await requireContext()
  const logSourceId = decodeURIComponent((await params).id)
  const { sender } = await searchParams
  const loaded = await getLogSource(ctx, { logSourceId }).catch((error: unknown) => {
    if (isNotFound(error)) return null
    throw error
  })
  if (loaded === null) notFound()
  const client = new QueryClient()
  client.setQueryData(logSourceOptions(logSourceId).queryKey, loaded)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <LogSourceBoard logSourceId={logSourceId} senderId={typeof sender === 'string' ? sender : null} />
      </PageFrame>
    </HydrationBoundary>
  )
}
