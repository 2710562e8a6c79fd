import type { AllowlistEntry } from '@/lib/domain/allowlist'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { type EntryDraft, newEntry, scopeSentence } from './new-entry'

export interface EntryChange {
  readonly entry: AllowlistEntry
  readonly hiddenAlarms: number
  readonly restoredAlarms: number
}

/** Adds an entry that takes effect at once. From an alarm, use closeAlarm: that one is open to analysts. */
export async function addEntry(ctx: ServiceContext, draft: EntryDraft): Promise<EntryChange> {
  requirePermission(ctx, 'allowlist:manage')
  const at = ctx.now()
  const added = await ctx.allowlist.add(await newEntry(ctx, draft, { alarmId: null, path: '', at }))
  const detail = scopeSentence(added)
  await ctx.audit.append({ at, by: ctx.actor, action: 'allowlist.added', entity: 'allowlist-entry', entityId: added.id, detail })
  const { hidden, restored } = ctx.alarmSink.applyAllowlist(ctx.now())
  return { entry: (await ctx.allowlist.find(added.id)) ?? added, hiddenAlarms: hidden, restoredAlarms: restored }
}
