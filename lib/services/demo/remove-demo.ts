import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Removes everything the demo brought: its events, then its alarms with their history and entries. */
export async function removeDemo(ctx: ServiceContext): Promise<{ removedAlarms: number }> {
  requirePermission(ctx, 'demo:remove')
  // Events first: while they are there, the engine could raise the alarms again.
  await ctx.engine.removeDemo()
  const removedAlarms = await ctx.alarms.removeDemo()
  const detail = `${removedAlarms} alarms`
  await ctx.audit.append({ at: ctx.now(), by: ctx.actor, action: 'demo.removed', entity: 'demo', entityId: 'demo', detail })
  return { removedAlarms }
}
