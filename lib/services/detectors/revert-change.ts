import { changedFields, type DetectorConfig } from '@/lib/domain/detector-settings'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type Changed, saveConfig } from './change-detector'

/**
 * Puts back what one change touched, as it was before it; what other changes touched stays.
 *
 * @throws ServiceError `not-found` for a change beyond the kept history, `invalid` when it is taken back already, `conflict`.
 */
export async function revertChange(
  ctx: ServiceContext,
  { detectorId, changeId, expectedVersion }: { readonly detectorId: string; readonly changeId: string; readonly expectedVersion: number },
): Promise<Changed> {
  requirePermission(ctx, 'detector:manage')
  const settings = await ctx.detectorSettings.find(detectorId)
  const change = settings.changes.find(({ id }) => id === changeId)
  if (change === undefined) throw new ServiceError('not-found', 'This change is not in the kept history.')
  const fields = changedFields(change.before, change.after)
  const config = fields.reduce((now, field) => putBack(now, change.before, field), settings.config)
  const reason = `Takes back: ${change.reason}`.slice(0, 500)
  return saveConfig(ctx, { detectorId, expectedVersion, config, reason, revertsChangeId: changeId, acceptedLosses: 0 })
}

function putBack(now: DetectorConfig, before: DetectorConfig, field: string): DetectorConfig {
  if (field === 'enabled') return { ...now, enabled: before.enabled }
  if (field === 'exceptions') return { ...now, exceptions: before.exceptions }
  const { [field]: _gone, ...others } = now.values
  const value = before.values[field]
  return { ...now, values: value === undefined ? others : { ...others, [field]: value } }
}
