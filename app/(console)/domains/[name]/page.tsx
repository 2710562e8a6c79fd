import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound, redirect } from 'next/navigation'
import { DomainView } from '@/components/domain/domain-view'
import { NoPermission } from '@/components/shell/no-permission'
import { can } from '@/lib/domain/permission'
import { domainOptions } from '@/lib/queries/events'
import { queryClient } from '@/lib/queries/query-client'
import { requireContext } from '@/lib/server/require-context'
import { getDomain } from '@/lib/services/domains/get-domain'
import { domainHref } from '@/lib/url/events-search-params'
import { detectorNames } from '../../alarms/detector-names'
import { decodedSegment } from '../../events/decoded-segment'

interface DomainPageProps {
  readonly params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: DomainPageProps): Promise<Metadata> {
  return { title: decodedSegment((await params).name) ?? 'Domain' }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'not-found'

export default async function DomainPage({ params }: DomainPageProps) {
  const ctx = await requireContext()
  if (!can(ctx.actor.role, 'event:read')) return <NoPermission title="Domain" who="Analysts, managers and admins see domains." />
  const name = decodedSegment((await params).name)
  if (name === null) notFound()
  const domain = await getDomain(ctx, { name }).catch((error: unknown) => {
    if (isNotFound(error)) return null
    throw error
  })
  if (domain === null) notFound()
  if (domain.zone !== name) redirect(domainHref(domain.zone))
  const client = queryClient()
  client.setQueryData(domainOptions(domain.zone).queryKey, domain)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <DomainView key={domain.zone} zone={domain.zone} detectors={detectorNames()} />
    </HydrationBoundary>
  )
}
