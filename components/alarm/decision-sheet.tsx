'use client'

import { type ReactNode, useRef } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { Sheet } from '@/components/ui/dialog'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import type { Role } from '@/lib/domain/permission'
import { CloseForm } from './close-form'
import { EscalateForm } from './escalate-form'
import { NoteForm } from './note-form'
import type { Triage, TriageAlarm } from './use-triage'

const TITLES = { close: 'Close', escalate: 'Escalate', note: 'Note' } as const

interface DecisionSheetProps {
  readonly triage: Triage
  readonly role: Role
  readonly detectorTitle: (id: string) => string
  readonly openSteps?: string | null
}

/** One sheet for every decision, on the queue and on the alarm page; the row it is about stays in view. */
export function DecisionSheet({ triage, role, detectorTitle, openSteps = null }: DecisionSheetProps) {
  const { sheet, target, dismiss } = triage
  if (target === null || sheet.kind === 'none' || sheet.kind === 'keys') return null
  return (
    <OpenSheet title={TITLES[sheet.kind]} alarm={target} onClose={dismiss}>
      {sheet.kind === 'close' && (
        <CloseForm
          key={target.id}
          triage={triage}
          alarm={target}
          sheet={sheet}
          role={role}
          detectorTitle={detectorTitle}
          openSteps={openSteps}
        />
      )}
      {sheet.kind === 'escalate' && <EscalateForm triage={triage} alarm={target} />}
      {sheet.kind === 'note' && <NoteForm triage={triage} alarm={target} />}
    </OpenSheet>
  )
}

interface OpenSheetProps {
  readonly title: string
  readonly alarm: TriageAlarm
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Focus goes to what the form marks with `data-autofocus`, else to the form as a whole, where the reasons' keys act. */
function OpenSheet({ title, alarm, onClose, children }: OpenSheetProps) {
  const focusRef = useRef<HTMLElement | null>(null)
  const markFocus = (body: HTMLDivElement | null) => {
    focusRef.current = body?.querySelector<HTMLElement>('[data-autofocus]') ?? body
  }
  return (
    <Sheet
      open
      modal={false}
      initialFocus={focusRef}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={`${title} ${alarm.id}`}
      description={
        <>
          {alarm.zone ? (
            <NameText name={alarm.zone} zone={alarm.zone} />
          ) : (
            <InertText text={alarm.hostName ?? alarm.source ?? 'no source named'} />
          )}{' '}
          {alarm.zone && alarm.source && (
            <span className="text-muted">
              from <InertText text={alarm.source} />
            </span>
          )}{' '}
          <SourceName source={alarm.source} at={alarm.lastSeenAt} beside={[alarm.hostName]} />
        </>
      }
    >
      <div ref={markFocus} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </Sheet>
  )
}
