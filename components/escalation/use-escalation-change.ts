'use client'
import { useQueryClient } from '@tanstack/react-query'
import { showToast } from '@/components/ui/toast'
import type { EscalationChangeBody, EscalationOutcomeResponse, EscalationResponse } from '@/lib/api/contracts/escalations'
import { ESCALATION_ACTION_WORDS } from '@/lib/domain/escalation-timeline'
import { escalationKeys, useChangeEscalation } from '@/lib/queries/escalations'
import { failureOf } from '@/lib/queries/failure'

type Unversioned<Body> = Body extends unknown ? Omit<Body, 'expectedVersion'> : never
/** A change as a control makes it; the version is that of what is on the page. */
export type PageChange = Unversioned<EscalationChangeBody>

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** Makes changes on the version the page shows, says what happened and offers to take it back. */
export function useEscalationChange(id: string) {
  const client = useQueryClient()
  const mutation = useChangeEscalation(id)
  const shown = () => client.getQueryData<EscalationResponse>(escalationKeys.detail(id))

  async function make(change: PageChange): Promise<EscalationOutcomeResponse | null> {
    const expectedVersion = shown()?.escalation.version ?? 0
    try {
      const outcome = await mutation.mutateAsync((change.kind === 'note' ? change : { ...change, expectedVersion }) as EscalationChangeBody)
      say(outcome)
      return outcome
    } catch (error) {
      showToast({ title: 'Nothing was changed', description: failureOf(error).detail, tone: 'danger' })
      return null
    }
  }

  function say({ event }: EscalationOutcomeResponse): void {
    const title = sentence(ESCALATION_ACTION_WORDS[event.action])
    const description = event.detail?.slice(0, 120)
    const action = { label: 'Undo', shortcut: 'z', onAction: () => void make({ kind: 'undo', eventId: event.id }) }
    showToast({ title, ...(description && { description }), ...(event.canUndo && { action }) })
  }

  /** Takes back the last change that can be. */
  function undoLast(): void {
    const last = shown()?.history.findLast(({ canUndo }) => canUndo)
    if (last === undefined) showToast({ title: 'Nothing to undo' })
    else void make({ kind: 'undo', eventId: last.id })
  }
  return { make, undoLast, pending: mutation.isPending }
}
export type EscalationChanger = ReturnType<typeof useEscalationChange>
