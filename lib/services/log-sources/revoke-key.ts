import type { IntakeKey } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { announce, type LogSourceContext, requireLogSource } from './log-source-context'

/** Whoever sends with the key is refused from now on. @throws ServiceError `not-found`, also for a key revoked before. */
export async function revokeKey(
  ctx: LogSourceContext,
  { logSourceId, keyId }: { readonly logSourceId: string; readonly keyId: string },
): Promise<{ key: IntakeKey }> {
  requirePermission(ctx, 'source:manage')
  const source = await requireLogSource(ctx, logSourceId)
  const isItsOwn = (await ctx.intakeKeys.list(source.id)).some(({ id }) => id === keyId)
  const at = ctx.now()
  const key = isItsOwn ? await ctx.intakeKeys.revoke(keyId, at) : null
  if (key === null) throw new ServiceError('not-found', `${source.name} has no key ${keyId} that lets anybody in.`)
  await announce(ctx, source, 'log-source.key-revoked', at, `${source.name}: ${key.name} (${key.prefix}…)`)
  return { key }
}
