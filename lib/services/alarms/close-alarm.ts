import type { Alarm, BenignFamily, CloseReason } from '@/lib/domain/alarm'
import { decidingEntry } from '@/lib/domain/allowlist'
import { type EntryDraft, newEntry, scopeSentence } from '@/lib/services/allowlist/new-entry'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { NewAllowlistEntry } from '@/lib/store/ports'
import { type DecisionResult, refuseStatus, storeDecision } from './decide'
import { requireAlarm } from './require-alarm'

export interface CloseAlarm {
  readonly alarmId: string
  readonly expectedVersion: number
  readonly reason: CloseReason
  readonly family: BenignFamily | null
  readonly note: string | null
  readonly allowlist: EntryDraft | null
}

/** Reasons that say "this is not an attack". */
const HARMLESS: ReadonlySet<CloseReason> = new Set(['benign-positive', 'false-positive'])
/** An entry hides what comes next, so the reason must say that it may be hidden. */
const MAY_ALLOW: ReadonlySet<CloseReason> = new Set(['benign-positive', 'false-positive', 'authorised-test'])

/** Closes an alarm with a reason and, when asked, adds an allowlist entry in the same transaction. */
export async function closeAlarm(ctx: ServiceContext, input: CloseAlarm): Promise<DecisionResult> {
  requirePermission(ctx, 'alarm:decide')
  if (input.allowlist !== null) requirePermission(ctx, 'allowlist:add-from-alarm')
  refuseIncomplete(input)
  const alarm = await requireAlarm(ctx, input.alarmId)
  await refuseStatus(ctx, alarm, ['closed'])
  const at = ctx.now()
  const entry = input.allowlist === null ? null : await entryFor(ctx, alarm, input.allowlist, at)
  const { reason, family, expectedVersion } = input
  const stored = await storeDecision(ctx, {
    alarmId: alarm.id,
    expectedVersion,
    action: 'closed',
    status: 'closed',
    reason,
    family,
    note: input.note || null,
    detail: sentence(reason, family, entry),
    undoesEventId: null,
    suppressedByEntryId: null,
    by: ctx.actor,
    at,
    ...(entry !== null && { addEntry: entry }),
  })
  if (entry === null) return { ...stored, hiddenAlarms: 0 }
  await ctx.audit.append({
    at,
    by: ctx.actor,
    action: 'allowlist.added',
    entity: 'allowlist-entry',
    entityId: entry.id,
    detail: scopeSentence(entry),
  })
  return { ...stored, hiddenAlarms: ctx.alarmSink.applyAllowlist(ctx.now()).hidden }
}

/** @throws ServiceError `invalid` naming every field that does not go with the reason. */
export function refuseIncomplete({ reason, family, note, allowlist }: Pick<CloseAlarm, 'reason' | 'family' | 'note' | 'allowlist'>): void {
  const bad: { path: string; message: string }[] = []
  if (reason === 'undetermined' && !note) bad.push({ path: 'note', message: 'say what was checked: the reason is "undetermined"' })
  if (family !== null && !HARMLESS.has(reason)) bad.push({ path: 'family', message: 'belongs to a benign or false positive only' })
  if (allowlist !== null && !MAY_ALLOW.has(reason)) {
    bad.push({ path: 'allowlist', message: 'an entry needs a benign positive, a false positive or an authorised test' })
  }
  if (bad.length > 0) throw new ServiceError('invalid', bad.map((field) => `${field.path}: ${field.message}`).join('; '), bad)
}

async function entryFor(ctx: ServiceContext, alarm: Alarm, draft: EntryDraft, at: number): Promise<NewAllowlistEntry> {
  const entry = await newEntry(ctx, draft, { alarmId: alarm.id, path: 'allowlist.', at })
  if (decidingEntry([{ ...entry, removedAt: null }], alarm, at) === null) {
    const message = 'the entry does not cover this alarm'
    throw new ServiceError('invalid', `allowlist.domain: ${message}`, [{ path: 'allowlist.domain', message }])
  }
  return entry
}

const words = (id: string): string => id.replaceAll('-', ' ')

/** "benign positive (cdn)": what history and audit say of a closing. */
export function sentence(reason: CloseReason, family: BenignFamily | null, entry: NewAllowlistEntry | null): string {
  const why = family === null ? words(reason) : `${words(reason)} (${words(family)})`
  return entry === null ? why : `${why}, allowlist entry ${scopeSentence(entry)}`
}
