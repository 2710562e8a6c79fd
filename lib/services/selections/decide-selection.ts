import type { BenignFamily, CloseReason, Owner } from '@/lib/domain/alarm'
import type { AlarmUnit, Selection, UnitChange } from '@/lib/domain/alarm-unit'
import { can } from '@/lib/domain/permission'
import { refuseIncomplete, sentence } from '@/lib/services/alarms/close-alarm'
import { scopeSentence } from '@/lib/services/allowlist/new-entry'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { requireSelection } from './create-selection'
import { type EscalateSelection, escalateSelection } from './escalate-selection'
import { advanceUnit } from './run-unit'
import { selectionEntries } from './selection-entries'

export type SelectionDecision =
  | {
      readonly kind: 'close'
      readonly reason: CloseReason
      readonly family: BenignFamily | null
      readonly note: string | null
      /** Zones of the selection that get an entry each, as narrow as their alarms allow. */
      readonly allowlist?: { readonly zones: readonly string[]; readonly days: number } | null | undefined
    }
  | ({ readonly kind: 'escalate' } & EscalateSelection)
  | { readonly kind: 'note'; readonly note: string }
  /** `ownerId` null takes the owner away. */
  | { readonly kind: 'assign'; readonly ownerId: string | null }

/**
 * Decides a whole selection as one unit. The first part is stored before this returns; `runUnit` stores the rest.
 * Alarms that someone changed since they were selected are left alone and counted.
 */
export async function decideSelection(
  ctx: ServiceContext,
  input: { readonly selectionId: string; readonly decision: SelectionDecision },
): Promise<{ unit: AlarmUnit }> {
  requirePermission(ctx, 'alarm:decide')
  const selection = await requireSelection(ctx, input.selectionId)
  if (input.decision.kind === 'escalate') return { unit: await escalateSelection(ctx, selection, input.decision) }
  const change = await changeOf(ctx, selection, input.decision)
  const unit = await ctx.selections.startUnit({
    id: ctx.newId(),
    selectionId: selection.id,
    undoesUnitId: null,
    change,
    total: selection.count,
    by: ctx.actor,
    at: ctx.now(),
  })
  await ctx.audit.append({
    at: unit.at,
    by: ctx.actor,
    action: ACTIONS[input.decision.kind],
    entity: 'alarm-unit',
    entityId: unit.id,
    detail: `${selection.count} alarms selected: ${wordsOf(change)}`,
  })
  return { unit: await advanceUnit(ctx, unit.id) }
}

const ACTIONS = { close: 'alarms.closed', note: 'alarms.noted', assign: 'alarms.assigned' } as const

function wordsOf(change: UnitChange): string {
  if (change.kind === 'close') {
    const entries = change.entries ?? []
    const added =
      entries.length === 0 ? '' : `, with ${entries.length} allowlist entries: ${entries.slice(0, 5).map(scopeSentence).join('; ')}`
    return `${sentence(change.reason, change.family, null)}${added}${entries.length > 5 ? ` and ${entries.length - 5} more` : ''}`
  }
  if (change.kind === 'assign') return change.owner === null ? 'to nobody' : `to ${change.owner.name}`
  return 'note'
}

type StoredAlarmByAlarm = Exclude<SelectionDecision, { kind: 'escalate' }>

async function changeOf(ctx: ServiceContext, selection: Selection, decision: StoredAlarmByAlarm): Promise<UnitChange> {
  if (decision.kind === 'assign') return { kind: 'assign', owner: await ownerOf(ctx, decision.ownerId) }
  if (decision.kind === 'note') return decision
  const { kind, reason, family, note, allowlist } = decision
  const entries = allowlist ? await selectionEntries(ctx, selection, { ...decision, allowlist }) : []
  refuseIncomplete({ reason, family, note, allowlist: null })
  return { kind, reason, family, note, ...(entries.length > 0 && { entries }) }
}

async function ownerOf(ctx: ServiceContext, ownerId: string | null): Promise<Owner | null> {
  if (ownerId === null) return null
  if (ownerId === ctx.actor.userId) return { userId: ownerId, name: ctx.actor.name }
  const user = await ctx.users.find(ownerId)
  if (user === null || user.disabled || !can(user.role, 'alarm:decide')) {
    const message = 'is nobody who may decide alarms'
    throw new ServiceError('invalid', `decision.ownerId: ${message}`, [{ path: 'decision.ownerId', message }])
  }
  return { userId: user.id, name: user.name }
}
