import { detectors } from '@/lib/detectors'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

export interface Status {
  readonly demo: boolean
  readonly openAlarms: number
  readonly changeNumber: number
  /** Detectors that are switched off. */
  readonly detectorsOff: { readonly id: string; readonly title: string }[]
  readonly engine: 'ready' | 'starting' | 'down'
}

/** What the shell shows on every page. */
export async function getStatus(ctx: ServiceContext): Promise<Status> {
  requirePermission(ctx, 'alarm:read')
  return {
    demo: await ctx.alarms.hasDemo(),
    openAlarms: await ctx.alarms.count({ status: ['open'] }),
    changeNumber: await ctx.alarms.changeNumber(),
    detectorsOff: await detectorsOff(ctx),
    engine: ctx.engine.state(),
  }
}

async function detectorsOff(ctx: Pick<ServiceContext, 'detectorSettings'>): Promise<Status['detectorsOff']> {
  const settings = await ctx.detectorSettings.all()
  return detectors.flatMap(({ rule: { id, title } }) => (settings[id]?.config.enabled === false ? [{ id, title }] : []))
}
