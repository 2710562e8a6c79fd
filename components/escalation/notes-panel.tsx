'use client'
import { type RefObject, useState } from 'react'
import { Panel } from '@/components/alarm/panel'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { TextArea } from '@/components/ui/text-area'
import { TimeText } from '@/components/ui/time-text'
import type { EscalationPart } from './escalation-header'

/** What whoever takes over must know. Ctrl+Enter stores the note. */
export function NotesPanel({
  detail: { history },
  changer,
  refusal,
  noteRef,
}: EscalationPart & { readonly noteRef: RefObject<HTMLTextAreaElement | null> }) {
  const [text, setText] = useState('')
  const notes = history.filter(({ note, undoneById }) => note !== null && undoneById === null).toReversed()
  const store = async () => {
    if (text.trim() !== '' && (await changer.make({ kind: 'note', text: text.trim() })) !== null) setText('')
  }
  return (
    <Panel id="notes" title="Notes">
      {refusal === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void store()
          }}
          className="flex flex-col items-start gap-2"
        >
          <TextArea
            // The primitive renders a text area and hands the ref on to it.
            ref={noteRef}
            label="Note"
            className="w-full"
            rows={3}
            maxLength={5_000}
            value={text}
            onValueChange={setText}
            aria-keyshortcuts="n"
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              void store()
            }}
          />
          <Button type="submit" icon="note" pending={changer.pending}>
            Add note
          </Button>
        </form>
      ) : null}
      <ul className="m-0 mt-3 flex list-none flex-col gap-2 p-0">
        {notes.map((event) => (
          <li key={event.id} className="text-sm">
            <p className="wrap-anywhere m-0 whitespace-pre-wrap rounded-sm bg-sunken px-2 py-1">
              {(event.note ?? '').split('\n').map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, in order
                <span key={index} className="block">
                  <InertText text={line} />
                </span>
              ))}
            </p>
            <p className="m-0 text-faint text-xs">
              <InertText text={event.byName} limit={60} /> <TimeText at={event.at} precision="minute" />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
