import { EscalationChangeBody, EscalationOutcomeResponse, EscalationParams } from '@/lib/api/contracts/escalations'
import { defineRoute } from '@/lib/server/route'
import type { ServiceContext } from '@/lib/services/context'
import { addAlarms } from '@/lib/services/escalations/add-alarms'
import { addTask } from '@/lib/services/escalations/add-task'
import { assignEscalation } from '@/lib/services/escalations/assign-escalation'
import { assignTask } from '@/lib/services/escalations/assign-task'
import { mergeEscalation } from '@/lib/services/escalations/merge-escalation'
import { noteEscalation } from '@/lib/services/escalations/note-escalation'
import { removeAlarms } from '@/lib/services/escalations/remove-alarms'
import { renameEscalation } from '@/lib/services/escalations/rename-escalation'
import { setEscalationStatus } from '@/lib/services/escalations/set-status'
import { splitEscalation } from '@/lib/services/escalations/split-escalation'
import { tickTask } from '@/lib/services/escalations/tick-task'
import { undoEscalationChange } from '@/lib/services/escalations/undo-change'

export const POST = defineRoute({
  params: EscalationParams,
  body: EscalationChangeBody,
  response: EscalationOutcomeResponse,
  handle: ({ ctx, params, body }) => make(ctx, params.escalationId, body),
})

function make(ctx: ServiceContext, escalationId: string, change: EscalationChangeBody): Promise<EscalationOutcomeResponse> {
  const body = { ...change, escalationId }
  switch (body.kind) {
    case 'add':
      return addAlarms(ctx, without(body))
    case 'remove':
      return removeAlarms(ctx, without(body))
    case 'merge':
      return mergeEscalation(ctx, without(body))
    case 'split':
      return splitEscalation(ctx, without(body))
    case 'assign':
      return assignEscalation(ctx, without(body))
    case 'status':
      return setEscalationStatus(ctx, without(body))
    case 'rename':
      return renameEscalation(ctx, without(body))
    case 'add-task':
      return addTask(ctx, without(body))
    case 'tick':
      return tickTask(ctx, without(body))
    case 'assign-task':
      return assignTask(ctx, without(body))
    case 'note':
      return noteEscalation(ctx, without(body))
    case 'undo':
      return undoEscalationChange(ctx, without(body))
  }
}

function without<Body extends { readonly kind: string }>({ kind: _, ...rest }: Body): Omit<Body, 'kind'> {
  return rest
}
