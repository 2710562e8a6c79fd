import { keysHolding } from '@/lib/domain/asset-key'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Display names of sources, for pages that show their addresses. A network names no host of it; who has no name is absent. */
export async function nameSources(
  ctx: Pick<ServiceContext, 'actor' | 'assets'>,
  { sources }: { readonly sources: readonly string[] },
): Promise<{ names: { source: string; name: string }[] }> {
  requirePermission(ctx, 'source:read')
  const keyed = sources.map((source) => ({ source, key: keysHolding(source, { ipv4: [], ipv6: [] })[0] ?? source }))
  const names = await ctx.assets.names(keyed.map(({ key }) => key))
  return {
    names: keyed.flatMap(({ source, key }) => {
      const name = names.get(key)
      return name === undefined ? [] : [{ source, name }]
    }),
  }
}
