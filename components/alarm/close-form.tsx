'use client'

import { useEffect, useRef, useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Notice } from '@/components/ui/notice'
import { TextArea } from '@/components/ui/text-area'
import type { AllowlistDraft } from '@/lib/api/contracts/alarms'
import type { PreviewAllowlistResponse } from '@/lib/api/contracts/allowlist'
import { can, type Role } from '@/lib/domain/permission'
import { AllowlistPart } from './allowlist-part'
import type { SheetState } from './decision-keys'
import { mayIgnore, outcomeLabel } from './outcomes'
import { ReasonChoice } from './reason-choice'
import { SheetForm } from './sheet-form'
import { suggestedFamily, withSuggestion } from './suggested-family'
import type { Triage, TriageAlarm } from './use-triage'

const DEFAULT_DAYS = 30

interface CloseFormProps {
  readonly triage: Triage
  readonly alarm: TriageAlarm
  readonly sheet: Extract<SheetState, { kind: 'close' }>
  readonly role: Role
  readonly detectorTitle: (id: string) => string
  /** Which steps of the guide nobody answered, in one line. */
  readonly openSteps?: string | null
}

/** The narrowest entry that hides this alarm: its zone, its source, its detector, 30 days. */
const narrowest = (alarm: TriageAlarm): AllowlistDraft => ({
  domain: alarm.zone ?? '',
  source: alarm.source,
  detector: alarm.detector,
  reason: '',
  family: null,
  days: DEFAULT_DAYS,
})

const hiddenWords = (preview: PreviewAllowlistResponse | null): string => {
  const others = Math.max(0, (preview?.openAlarms ?? 1) - 1)
  return others === 0 ? 'Close and ignore from now on' : `Close and hide ${others} more`
}

function whyNot(
  sheet: CloseFormProps['sheet'],
  note: string,
  entry: AllowlistDraft,
  preview: PreviewAllowlistResponse | null,
): string | null {
  if (sheet.reason === null) return 'Choose a reason first.'
  if (sheet.reason === 'undetermined' && note === '') return 'Undetermined needs a note: what was checked, and what is missing.'
  if (sheet.allowlist && entry.domain.trim() === '') return 'The entry needs a domain.'
  if (sheet.allowlist && preview?.refusal) return preview.refusal
  return null
}

/** Why an alarm is closed, and whether its like shall be ignored from now on. */
export function CloseForm({ triage, alarm, sheet, role, detectorTitle, openSteps = null }: CloseFormProps) {
  const { draft, setDraft, show, decide, dismiss, pending } = triage
  const [preview, setPreview] = useState<PreviewAllowlistResponse | null>(null)
  const [accepted, setAccepted] = useState(false)
  const noteRef = useRef<HTMLTextAreaElement>(null)
  const entry = draft.allowlist ?? narrowest(alarm)
  const note = draft.note.trim()
  const offersEntry = alarm.zone !== null && can(role, 'allowlist:add-from-alarm') && mayIgnore(sheet.reason)
  const withEntry = sheet.allowlist && offersEntry
  const regret = withEntry && (preview?.truePositives ?? 0) > 0
  const blocked = whyNot({ ...sheet, allowlist: withEntry }, note, entry, preview)

  const needsNote = sheet.reason === 'undetermined'
  useEffect(() => {
    if (needsNote) noteRef.current?.focus()
  }, [needsNote])

  const submit = () => {
    if (sheet.reason === null) return
    const why = note || `${outcomeLabel(sheet.reason, sheet.family)}, decided on ${alarm.id}`
    const allowlist = withEntry ? { ...entry, domain: entry.domain.trim(), family: sheet.family, reason: why.slice(0, 500) } : null
    decide({ kind: 'close', reason: sheet.reason, family: sheet.family, note: note || null, allowlist }, alarm)
  }

  return (
    <SheetForm
      submitLabel={withEntry ? hiddenWords(preview) : 'Close alarm'}
      disabledReason={blocked ?? (regret && !accepted ? 'Confirm that confirmed tunnels may be hidden.' : null)}
      pending={pending}
      onCancel={dismiss}
      onSubmit={submit}
    >
      {openSteps === null ? null : <p className="m-0 text-muted text-sm">{openSteps}</p>}
      <ReasonChoice
        reason={sheet.reason}
        family={sheet.family}
        onReason={(reason) =>
          show(withSuggestion({ ...sheet, reason, family: null, allowlist: sheet.allowlist && mayIgnore(reason) }, alarm))
        }
        onFamily={(family) => show({ ...sheet, family })}
        ignorableOnly={sheet.allowlist}
        suggested={suggestedFamily(alarm) !== null}
      />
      {offersEntry && (
        <Checkbox
          label="Ignore this domain from now on"
          description="Adds an allowlist entry. Matching alarms are kept, hidden and come back when the entry goes."
          checked={sheet.allowlist}
          onCheckedChange={(allowlist) => show({ ...sheet, allowlist })}
        />
      )}
      {withEntry && (
        <AllowlistPart
          entry={entry}
          alarm={alarm}
          role={role}
          detectorTitle={detectorTitle}
          onChange={(allowlist) => {
            setAccepted(false)
            setDraft({ ...draft, allowlist })
          }}
          onPreview={setPreview}
        />
      )}
      {regret && (
        <Notice tone="danger">
          <Checkbox
            label={`Hide it although it covers ${preview?.truePositives} alarms confirmed as tunnels`}
            checked={accepted}
            onCheckedChange={setAccepted}
          />
        </Notice>
      )}
      <TextArea
        ref={noteRef}
        label="Note"
        optional={!needsNote}
        required={needsNote}
        value={draft.note}
        onValueChange={(text) => setDraft({ ...draft, note: text })}
        rows={3}
        maxLength={5_000}
      />
    </SheetForm>
  )
}
