import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { EntryChange } from './add-entry'
import { scopeSentence } from './new-entry'

/** Removes an entry; what it hid comes back at once. @throws ServiceError `not-found`, `conflict` when it was removed before. */
export async function removeEntry(ctx: ServiceContext, input: { readonly entryId: string }): Promise<EntryChange> {
  requirePermission(ctx, 'allowlist:manage')
  const at = ctx.now()
  const removed = await ctx.allowlist.remove(input.entryId, ctx.actor, at)
  if (removed === null) throw await whyNot(ctx, input.entryId)
  const detail = scopeSentence(removed)
  await ctx.audit.append({ at, by: ctx.actor, action: 'allowlist.removed', entity: 'allowlist-entry', entityId: removed.id, detail })
  const { hidden, restored } = ctx.alarmSink.applyAllowlist(ctx.now())
  return { entry: (await ctx.allowlist.find(removed.id)) ?? removed, hiddenAlarms: hidden, restoredAlarms: restored }
}

async function whyNot(ctx: ServiceContext, entryId: string): Promise<ServiceError> {
  const entry = await ctx.allowlist.find(entryId)
  if (entry === null) return new ServiceError('not-found', `There is no allowlist entry ${entryId}.`)
  const who = entry.removedByName ?? 'Somebody'
  return new ServiceError('conflict', `${who} removed it at ${new Date(entry.removedAt ?? 0).toISOString()}.`, [], { entry })
}
