import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import type { SearchParams } from 'nuqs/server'
import { AuditBoard } from '@/components/audit/audit-board'
import { NoPermission } from '@/components/shell/no-permission'
import { PageFrame } from '@/components/ui/page-header'
import { can } from '@/lib/domain/permission'
import { auditOptions, auditValuesOptions } from '@/lib/queries/audit'
import { requireContext } from '@/lib/server/require-context'
import { listAudit } from '@/lib/services/audit/list-audit'
import { listAuditValues } from '@/lib/services/audit/list-audit-values'
import { loadAuditSearchParams, toAuditFilter } from '@/lib/url/audit-search-params'

export const metadata: Metadata = { title: 'Audit' }

/** Rows the page comes with; the API's own page size. */
const FIRST_ROWS = 100

export default async function AuditPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const ctx = await requireContext()
  if (!can(ctx.actor.role, 'audit:read')) return <NoPermission title="Audit" who="Managers and admins read the audit log." />
  const filter = toAuditFilter(await loadAuditSearchParams(searchParams))
  const client = new QueryClient()
  await Promise.all([
    client.prefetchInfiniteQuery({
      ...auditOptions(filter),
      queryFn: async () => {
        const { rows, nextCursor } = await listAudit(ctx, { ...filter, limit: FIRST_ROWS, cursor: null })
        return { rows: [...rows], nextCursor }
      },
    }),
    client.prefetchQuery({ queryKey: auditValuesOptions().queryKey, queryFn: () => listAuditValues(ctx) }),
  ])
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame wide>
        <AuditBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
