import type { Page } from '@/lib/domain/page'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { AuditFilter, AuditLine } from '@/lib/store/ports'

export interface ListAudit {
  readonly byName?: string | undefined
  readonly action?: string | undefined
  readonly entity?: string | undefined
  readonly entityId?: string | undefined
  /** Half-open, epoch ms. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly limit: number
  readonly cursor: string | null
}

/** What was done, by whom, newest first. */
export async function listAudit(
  ctx: Pick<ServiceContext, 'actor' | 'audit'>,
  { limit, cursor, ...filter }: ListAudit,
): Promise<Page<AuditLine>> {
  requirePermission(ctx, 'audit:read')
  return ctx.audit.list(limit, cursor, toFilter(filter))
}

/** Largest instant a date can hold. */
const END_OF_TIME = 8.64e15

export function toFilter({ from, to, byName, action, entity, entityId }: Omit<ListAudit, 'limit' | 'cursor'>): AuditFilter {
  return {
    ...(byName !== undefined && { byName }),
    ...(action !== undefined && { action }),
    ...(entity !== undefined && { entity }),
    ...(entityId !== undefined && { entityId }),
    ...((from !== undefined || to !== undefined) && { range: { fromMs: from ?? 0, toMs: to ?? END_OF_TIME } }),
  }
}
