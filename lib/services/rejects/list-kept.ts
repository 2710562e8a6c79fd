import type { KeptRecords } from '@/lib/domain/read-again'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** What is kept of rejected records: by an import's id, or `log-source:` and a log source's. */
export async function listKept(ctx: ServiceContext): Promise<{ kept: Record<string, KeptRecords> }> {
  requirePermission(ctx, 'source:read')
  return { kept: { ...(await ctx.engine.command('rejects.kept', {})) } }
}
