'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ReasonChoice } from '@/components/alarm/reason-choice'
import { SheetForm } from '@/components/alarm/sheet-form'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { RadioGroup } from '@/components/ui/radio-group'
import { TextArea } from '@/components/ui/text-area'
import { assigneesOptions } from '@/lib/queries/selections'
import { BulkAllow } from './bulk-allow'
import { BulkEscalate } from './bulk-escalate'
import { BulkSheet } from './bulk-sheet'
import type { Bulk } from './use-bulk'

/** The sheets of a selection: one reason, note or owner for all of it. */
export function BulkLayer({ bulk }: { readonly bulk: Bulk }) {
  // With nothing selected, the row under the cursor is given away.
  const alarms = plural(Math.max(1, bulk.selection.count), 'alarm')
  if (bulk.sheet === 'close') {
    return (
      <BulkSheet title={`Close ${alarms}`} bulk={bulk}>
        <BulkClose bulk={bulk} alarms={alarms} />
      </BulkSheet>
    )
  }
  const { frozenId } = bulk.selection
  if (bulk.sheet === 'escalate' && frozenId !== null) {
    return (
      <BulkSheet title={`Escalate ${alarms}`} bulk={bulk}>
        <BulkEscalate bulk={bulk} selectionId={frozenId} />
      </BulkSheet>
    )
  }
  if (bulk.sheet === 'allow' && frozenId !== null) {
    return (
      <BulkSheet title={`Close ${alarms} and ignore their domains`} bulk={bulk}>
        <BulkAllow key={frozenId} bulk={bulk} selectionId={frozenId} />
      </BulkSheet>
    )
  }
  if (bulk.sheet === 'note') {
    return (
      <BulkSheet title={`Note on ${alarms}`} bulk={bulk}>
        <BulkNote bulk={bulk} alarms={alarms} />
      </BulkSheet>
    )
  }
  if (bulk.sheet === 'assign') {
    return (
      <BulkSheet title={`Assign ${alarms}`} bulk={bulk}>
        <Assign bulk={bulk} alarms={alarms} />
      </BulkSheet>
    )
  }
  return null
}

interface PartProps {
  readonly bulk: Bulk
  readonly alarms: string
}

function BulkClose({ bulk, alarms }: PartProps) {
  const { choice, setChoice, note, setNote } = bulk
  const needsNote = choice.reason === 'undetermined'
  const blocked =
    choice.reason === null
      ? 'Choose a reason first.'
      : needsNote && note.trim() === ''
        ? 'Undetermined needs a note: what was checked, and what is missing.'
        : null
  return (
    <SheetForm
      submitLabel={`Close ${alarms}`}
      disabledReason={blocked}
      pending={bulk.pending}
      onCancel={bulk.dismiss}
      onSubmit={() => bulk.close(choice)}
    >
      <ReasonChoice
        reason={choice.reason}
        family={choice.family}
        onReason={(reason) => setChoice({ ...choice, reason, family: null })}
        onFamily={(family) => setChoice({ ...choice, family })}
      />
      <TextArea
        label="Note"
        optional={!needsNote}
        required={needsNote}
        value={note}
        onValueChange={setNote}
        rows={3}
        maxLength={5_000}
        description="Stored with each of them."
      />
    </SheetForm>
  )
}

function BulkNote({ bulk, alarms }: PartProps) {
  const text = bulk.note.trim()
  return (
    <SheetForm
      submitLabel={`Save on ${alarms}`}
      disabledReason={text === '' ? 'Write the note first.' : null}
      pending={bulk.pending}
      onCancel={bulk.dismiss}
      onSubmit={() => void bulk.run({ kind: 'note', note: text })}
    >
      <TextArea label="Note" data-autofocus="" value={bulk.note} onValueChange={bulk.setNote} rows={6} maxLength={5_000} />
    </SheetForm>
  )
}

const NOBODY = 'nobody'

function Assign({ bulk, alarms }: PartProps) {
  const assignees = useQuery(assigneesOptions())
  const [owner, setOwner] = useState<string | null>(null)
  return (
    <SheetForm
      submitLabel={`Assign ${alarms}`}
      disabledReason={owner === null ? 'Choose a person first.' : null}
      pending={bulk.pending}
      onCancel={bulk.dismiss}
      onSubmit={() => void bulk.run({ kind: 'assign', ownerId: owner === NOBODY ? null : owner })}
    >
      <RadioGroup
        label="Person"
        value={owner}
        onValueChange={setOwner}
        error={assignees.error ? `The people could not be asked for: ${assignees.error.message}` : null}
        options={[
          ...(assignees.data?.people ?? []).map(({ userId, name }) => ({ value: userId, label: <InertText text={name} /> })),
          { value: NOBODY, label: 'Nobody' },
        ]}
      />
    </SheetForm>
  )
}
