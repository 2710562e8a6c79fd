import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { Looked } from '@/lib/store/ports'

export interface Look {
  /** One browser tab. */
  readonly tabId: string
  /** `alarm:…` or `escalation:…`; null when nothing is open. */
  readonly subject: string | null
}

/** A tab's sign of life, answered with what others have open. Blocks nobody and is stored nowhere. */
export function look(ctx: ServiceContext, { tabId, subject }: Look): Promise<{ looked: Looked[] }> {
  requirePermission(ctx, 'alarm:read')
  const at = ctx.now()
  ctx.presence.look(tabId, ctx.actor, subject, at)
  return Promise.resolve({ looked: ctx.presence.others(ctx.actor.userId, at) })
}
