import { changedFields, type DetectorConfig } from '@/lib/domain/detector-settings'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { describeChange } from './describe-change'
import { type DetectorView, detectorView } from './detector-view'
import { type ConfigInput, newConfig } from './new-config'
import { requireRule } from './require-rule'

export interface ChangeDetector extends ConfigInput {
  readonly detectorId: string
  readonly expectedVersion: number
  readonly reason: string
  /** Confirmed alarms that the preview said would be lost, and that the person accepted. */
  readonly acceptedLosses: number
}

export interface Changed {
  readonly detector: DetectorView
  /** The running engine took it up; false: it does so when it starts. */
  readonly running: boolean
}

/**
 * Changes settings, switches on or off; the engine takes it up at once.
 *
 * @throws ServiceError `invalid` naming every bad field; `conflict` with the settings in force when someone was faster.
 */
export async function changeDetector(ctx: ServiceContext, input: ChangeDetector): Promise<Changed> {
  requirePermission(ctx, 'detector:manage')
  const config = newConfig(requireRule(input.detectorId), input)
  return saveConfig(ctx, { ...input, config, revertsChangeId: null })
}

export interface SaveConfig {
  readonly detectorId: string
  readonly expectedVersion: number
  readonly config: DetectorConfig
  readonly reason: string
  readonly revertsChangeId: string | null
  readonly acceptedLosses: number
}

/** The common end of every change: stored with its audit line, then told to the engine. */
export async function saveConfig(ctx: ServiceContext, save: SaveConfig): Promise<Changed> {
  const { detectorId, expectedVersion, config } = save
  const rule = requireRule(detectorId)
  const before = await ctx.detectorSettings.find(detectorId)
  if (before.version === expectedVersion && changedFields(before.config, config).length === 0)
    throw new ServiceError('invalid', 'Nothing would change.', [{ path: 'values', message: 'are those in force already' }])
  const losses = save.acceptedLosses === 0 ? '' : ` (accepted: ${save.acceptedLosses} confirmed alarms would not have been raised)`
  const after = await ctx.detectorSettings.change({
    ...save,
    id: ctx.newId(),
    by: ctx.actor,
    at: ctx.now(),
    audit: {
      action: actionOf(save, before.config),
      detail: `${describeChange(rule, before.config, config)} — ${save.reason}${losses}`,
    },
  })
  if ('conflict' in after) throw conflict(after.conflict.changes[0]?.byName, detectorView(rule, after.conflict))
  return { detector: detectorView(rule, after), running: await reload(ctx) }
}

function actionOf({ revertsChangeId, config }: SaveConfig, before: DetectorConfig): string {
  if (revertsChangeId !== null) return 'detector.reverted'
  if (before.enabled === config.enabled) return 'detector.changed'
  return config.enabled ? 'detector.switched-on' : 'detector.switched-off'
}

const conflict = (byName: string | undefined, detector: DetectorView): ServiceError =>
  new ServiceError('conflict', `${byName ?? 'Someone'} changed these settings meanwhile. Look at them before you save yours.`, [], {
    detector,
  })

/** Settings are stored whether or not the engine runs: it reads them when it starts. */
async function reload(ctx: Pick<ServiceContext, 'engine'>): Promise<boolean> {
  try {
    await ctx.engine.command('detectors.reload', {})
    return true
  } catch {
    return false
  }
}
