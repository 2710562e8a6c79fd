import { csvLine } from '@/lib/domain/csv'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { AuditFilter, AuditLog } from '@/lib/store/ports'
import { type ListAudit, toFilter } from './list-audit'

const LINES_PER_READ = 500

/**
 * The lines a filter leaves as CSV, newest first, a piece at a time; cells that a spreadsheet would run are made text.
 * The right is checked before the first piece.
 */
export async function exportAudit(
  ctx: Pick<ServiceContext, 'actor' | 'audit'>,
  filter: Omit<ListAudit, 'limit' | 'cursor'>,
): Promise<{ pieces: AsyncGenerator<string> }> {
  requirePermission(ctx, 'audit:read')
  return { pieces: csvPieces(ctx.audit, toFilter(filter)) }
}

async function* csvPieces(audit: AuditLog, filter: AuditFilter): AsyncGenerator<string> {
  // With a byte-order mark spreadsheets read it as UTF-8.
  yield `\uFEFF${csvLine(['time', 'who', 'action', 'entity', 'entityId', 'detail'])}`
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<AuditLog['list']>> = await audit.list(LINES_PER_READ, cursor, filter)
    yield page.rows
      .map(({ at, byName, action, entity, entityId, detail }) =>
        csvLine([new Date(at).toISOString(), byName, action, entity, entityId, detail]),
      )
      .join('')
    cursor = page.nextCursor
  } while (cursor !== null)
}
