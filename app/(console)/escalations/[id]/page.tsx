import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EscalationView } from '@/components/escalation/escalation-view'
import { PageFrame } from '@/components/ui/page-header'
import { escalationOptions } from '@/lib/queries/escalations'
import { requireContext } from '@/lib/server/require-context'
import { getEscalation } from '@/lib/services/escalations/get-escalation'

interface EscalationPageProps {
  readonly params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: EscalationPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'not-found'

export default async function EscalationPage({ params }: EscalationPageProps) {
  const ctx = await requireContext()
  const escalationId = decodeURIComponent((await params).id)
  const loaded = await getEscalation(ctx, { escalationId }).catch((error: unknown) => {
    if (isNotFound(error)) return null
    throw error
  })
  if (loaded === null) notFound()
  const client = new QueryClient()
  client.setQueryData(escalationOptions(escalationId).queryKey, loaded)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame wide>
        <EscalationView key={escalationId} escalationId={escalationId} />
      </PageFrame>
    </HydrationBoundary>
  )
}
