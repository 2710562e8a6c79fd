import { requirePermission, type ServiceContext } from '@/lib/services/context'

export interface ViewCounts {
  readonly unassigned: number
  readonly mine: number
  readonly openHigh: number
  readonly closedToday: number
}

/** How many alarms stand under the views everybody has. @param input.closedFrom - when the person's day began, epoch ms. */
export async function countViews(ctx: ServiceContext, input: { readonly closedFrom: number }): Promise<ViewCounts> {
  requirePermission(ctx, 'alarm:read')
  const [unassigned, mine, openHigh, closedToday] = await Promise.all([
    ctx.alarms.count({ status: ['open'], owner: 'none' }),
    ctx.alarms.count({ status: ['open', 'escalated'], owner: ctx.actor.userId }),
    ctx.alarms.count({ status: ['open'], severity: ['high', 'critical'] }),
    ctx.alarms.count({ status: ['closed'], closedFrom: input.closedFrom }),
  ])
  return { unassigned, mine, openHigh, closedToday }
}
