'use client'

import { EscalationChoice, useEscalationChoice } from '@/components/escalation/escalation-choice'
import { formatCount } from '@/components/ui/format'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TextArea } from '@/components/ui/text-area'
import { SheetForm } from './sheet-form'
import type { Triage, TriageAlarm } from './use-triage'

/** Hands an alarm over. Everything it was raised on goes with it, and the sheet says how much that is. */
export function EscalateForm({ triage, alarm }: { readonly triage: Triage; readonly alarm: TriageAlarm }) {
  const { draft, setDraft, decide, dismiss, pending } = triage
  const choice = useEscalationChoice(alarm.id)
  return (
    <SheetForm
      submitLabel="Escalate"
      submitKey="↵"
      focusSubmit
      pending={pending}
      onCancel={dismiss}
      onSubmit={() => decide({ kind: 'escalate', note: draft.note.trim() || null, ...choice.picked }, alarm)}
    >
      <p className="m-0 text-base">
        Confirmed as worth a response: it leaves the open queue, stays under <strong>Escalated</strong> and keeps its evidence.
      </p>
      <div className="rounded-md border border-line px-3 py-2 text-sm">
        <SeverityBadge severity={alarm.severity} />
        <p className="m-0 mt-1.5 wrap-anywhere">{alarm.summary}</p>
        <p className="m-0 mt-1 text-muted">
          {formatCount(alarm.queries)} queries and {formatCount(alarm.distinctNames)} distinct names are attached.
        </p>
      </div>
      <EscalationChoice choice={choice} />
      <TextArea
        label="Note for whoever takes over"
        optional
        value={draft.note}
        onValueChange={(note) => setDraft({ ...draft, note })}
        rows={4}
        maxLength={5_000}
      />
    </SheetForm>
  )
}
