import { csvLine } from '@/lib/domain/csv'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** All assets as CSV that can be imported again; cells that a spreadsheet would run are made text. */
export async function exportAssets(ctx: Pick<ServiceContext, 'actor' | 'assets'>): Promise<{ csv: string }> {
  requirePermission(ctx, 'source:read')
  const lines = (await ctx.assets.list()).map(({ key, name, roles, origin, updatedAt, updatedByName }) =>
    csvLine([key, name, roles.join(';'), origin, new Date(updatedAt).toISOString(), updatedByName]),
  )
  return { csv: `${csvLine(['address', 'name', 'roles', 'origin', 'updated', 'by'])}${lines.join('')}` }
}
