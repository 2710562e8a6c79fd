import { requirePermission, type ServiceContext } from '@/lib/services/context'

export interface Status {
  readonly demo: boolean
  readonly openAlarms: number
  readonly changeNumber: number
  readonly engine: 'ready' | 'starting' | 'down'
}

/** What the shell shows on every page. */
export async function getStatus(ctx: ServiceContext): Promise<Status> {
  requirePermission(ctx, 'alarm:read')
  return {
    demo: await ctx.alarms.hasDemo(),
    openAlarms: await ctx.alarms.count({ status: ['open'] }),
    changeNumber: await ctx.alarms.changeNumber(),
    engine: ctx.engine.state(),
  }
}
