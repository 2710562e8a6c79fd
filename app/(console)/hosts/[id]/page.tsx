import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { HostView } from '@/components/host/host-view'
import { NoPermission } from '@/components/shell/no-permission'
import { can } from '@/lib/domain/permission'
import { hostOptions } from '@/lib/queries/events'
import { queryClient } from '@/lib/queries/query-client'
import { requireContext } from '@/lib/server/require-context'
import { getHost } from '@/lib/services/hosts/get-host'
import { detectorNames } from '../../alarms/detector-names'
import { decodedSegment } from '../../events/decoded-segment'

interface HostPageProps {
  readonly params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: HostPageProps): Promise<Metadata> {
  return { title: decodedSegment((await params).id) ?? 'Host' }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'not-found'

export default async function HostPage({ params }: HostPageProps) {
  const ctx = await requireContext()
  if (!can(ctx.actor.role, 'event:read')) return <NoPermission title="Host" who="Analysts, managers and admins see hosts." />
  const id = decodedSegment((await params).id)
  if (id === null) notFound()
  const host = await getHost(ctx, { id }).catch((error: unknown) => {
    if (isNotFound(error)) return null
    throw error
  })
  if (host === null) notFound()
  const client = queryClient()
  client.setQueryData(hostOptions(id).queryKey, host)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <HostView key={id} id={id} detectors={detectorNames()} />
    </HydrationBoundary>
  )
}
