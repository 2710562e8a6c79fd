import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { type AskedName, type KnownName, resolveNames } from './resolve-names'

/** Names of sources at instants, for pages that show their addresses; who has no name is absent. */
export async function nameSources(
  ctx: Pick<ServiceContext, 'actor' | 'assets' | 'hostNames' | 'now'>,
  { sources }: { readonly sources: readonly AskedName[] },
): Promise<{ names: KnownName[] }> {
  requirePermission(ctx, 'source:read')
  return { names: await resolveNames(ctx, sources) }
}
