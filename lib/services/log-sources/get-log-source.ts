import type { IntakeKey, LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { requirePermission } from '@/lib/services/context'
import { type LogSourceContext, requireLogSource } from './log-source-context'
import { healthById } from './log-source-health'

/** One log source with its keys, newest first, revoked and expired ones among them. @throws ServiceError `not-found`. */
export async function getLogSource(
  ctx: LogSourceContext,
  { logSourceId }: { readonly logSourceId: string },
): Promise<{ source: LogSource; health: LogSourceHealth | null; keys: IntakeKey[]; engineAnswers: boolean }> {
  requirePermission(ctx, 'source:read')
  const source = await requireLogSource(ctx, logSourceId)
  const [keys, health] = await Promise.all([ctx.intakeKeys.list(source.id), healthById(ctx)])
  return { source, health: health?.get(source.id) ?? null, keys: [...keys], engineAnswers: health !== null }
}
