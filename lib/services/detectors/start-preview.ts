import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type ConfigInput, newConfig } from './new-config'
import { requireRule } from './require-rule'

/** Longest a preview may take; what it reached by then is said. */
const LIMIT_MS = 60_000

/** Starts to work out what a change would have raised and dropped over stored events; nothing is saved. */
export async function startPreview(
  ctx: Pick<ServiceContext, 'actor' | 'engine'>,
  input: ConfigInput & { readonly detectorId: string; readonly days: number | null },
): Promise<{ previewId: string }> {
  requirePermission(ctx, 'detector:manage')
  const { detectorId, days } = input
  const changed = newConfig(requireRule(detectorId), input)
  try {
    return await ctx.engine.command('detectors.preview', { detectorId, changed, days, limitMs: LIMIT_MS })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'overloaded') throw new ServiceError('too-many-requests', error.message)
    throw error
  }
}
