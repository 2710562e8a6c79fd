'use client'

import { useRef } from 'react'
import { TextArea } from '@/components/ui/text-area'
import { showToast } from '@/components/ui/toast'
import { useAddNote } from '@/lib/queries/alarm-decisions'
import { SheetForm } from './sheet-form'
import { EMPTY_DRAFT, type Triage, type TriageAlarm } from './use-triage'

/** Writes a line into the alarm's history without changing its state. */
export function NoteForm({ triage, alarm }: { readonly triage: Triage; readonly alarm: TriageAlarm }) {
  const { draft, setDraft, dismiss } = triage
  const addNote = useAddNote(alarm.id)
  const fieldRef = useRef<HTMLTextAreaElement>(null)
  const text = draft.note.trim()
  const save = async () => {
    try {
      await addNote.mutateAsync(text)
      setDraft(EMPTY_DRAFT)
      dismiss()
      showToast({ title: 'Note saved', description: alarm.id })
    } catch {
      fieldRef.current?.focus()
    }
  }
  return (
    <SheetForm
      submitLabel="Save note"
      pending={addNote.isPending}
      disabledReason={text === '' ? 'Write the note first.' : null}
      onCancel={dismiss}
      onSubmit={() => void save()}
    >
      <TextArea
        ref={fieldRef}
        label="Note"
        data-autofocus=""
        value={draft.note}
        onValueChange={(note) => setDraft({ ...draft, note })}
        rows={6}
        maxLength={5_000}
        error={addNote.error ? `Not saved: ${addNote.error.message}` : null}
      />
    </SheetForm>
  )
}
