import { type AllowlistEntry, isUnder } from '@/lib/domain/allowlist'
import { registeredDomain } from '@/lib/names/registered-domain'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { guardDomain } from './guard-domain'

/**
 * Which live entry decides about a name, by the registered domain that its alarm would carry. An entry for every source and
 * detector is named before a narrower one.
 */
export async function checkName(ctx: ServiceContext, input: { readonly name: string }): Promise<{ entry: AllowlistEntry | null }> {
  requirePermission(ctx, 'allowlist:read')
  const zone = registeredDomain(guardDomain(input.name).domain)
  if (zone === null) return { entry: null }
  const now = ctx.now()
  const entries = await ctx.allowlist.list({ includeRemoved: false })
  const deciding = entries.filter((entry) => entry.expiresAt > now && isUnder(zone, entry.domain))
  return { entry: deciding.find((entry) => entry.source === null && entry.detector === null) ?? deciding[0] ?? null }
}
