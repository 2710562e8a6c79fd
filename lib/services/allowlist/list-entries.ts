import type { AllowlistEntry } from '@/lib/domain/allowlist'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Entries, newest first; expired ones are part of the list until someone removes them. */
export async function listEntries(
  ctx: Pick<ServiceContext, 'actor' | 'allowlist'>,
  input: { readonly includeRemoved: boolean },
): Promise<{ entries: AllowlistEntry[] }> {
  requirePermission(ctx, 'allowlist:read')
  return { entries: [...(await ctx.allowlist.list(input))] }
}
