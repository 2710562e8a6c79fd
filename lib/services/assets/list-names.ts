import { assetKeyOf } from '@/lib/domain/asset-key'
import type { NameSpan } from '@/lib/domain/host-name'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Addresses of one name that are looked at. */
const MAX_ADDRESSES = 20
const MAX_SPANS = 100

/** The names an address has had, or the addresses a host name has had, newest first; at most 100 spans. */
export async function listNames(
  ctx: Pick<ServiceContext, 'actor' | 'hostNames'>,
  { of }: { readonly of: string },
): Promise<{ spans: NameSpan[] }> {
  requirePermission(ctx, 'source:read')
  const { kind, ...found } = assetKeyOf(of)
  if (kind === 'address' && 'key' in found) {
    const spans = await ctx.hostNames.ofAddresses([found.key])
    return { spans: [...(spans.get(found.key) ?? [])].slice(0, MAX_SPANS) }
  }
  const name = of.trim().toLowerCase()
  if (name === '') return { spans: [] }
  const spans = await ctx.hostNames.ofAddresses(await ctx.hostNames.addressesNamed(name, MAX_ADDRESSES))
  // The name itself, or the host's part of it: `laptop-7` of `laptop-7.corp.example`.
  const isOfName = (span: NameSpan): boolean => span.name === name || span.name.startsWith(`${name}.`)
  const own = [...spans.values()].flat().filter(isOfName)
  return { spans: own.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt).slice(0, MAX_SPANS) }
}
