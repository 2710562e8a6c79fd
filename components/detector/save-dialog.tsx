'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { TextArea } from '@/components/ui/text-area'
import type { DraftChange } from './settings-draft'

interface SaveDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly changes: readonly DraftChange[]
  /** Confirmed alarms that the preview of exactly these settings loses; null: there is no such preview. */
  readonly losses: number | null
  readonly pending: boolean
  readonly error: string | null
  readonly onSave: (reason: string, acceptedLosses: number) => void
}

/** Old and new side by side, why, and what has to be accepted, before settings take effect. */
export function SaveDialog({ open, onOpenChange, changes, losses, pending, error, onSave }: SaveDialogProps) {
  const [reason, setReason] = useState('')
  const [isAccepted, setAccepted] = useState(false)
  const [isTried, setTried] = useState(false)
  const isReasonMissing = reason.trim().length < 3
  const mustAccept = losses !== null && losses > 0
  const close = (next: boolean) => {
    onOpenChange(next)
    if (!next) {
      setTried(false)
      setAccepted(false)
    }
  }
  const save = () => {
    setTried(true)
    if (isReasonMissing || (mustAccept && !isAccepted)) return
    onSave(reason.trim(), losses ?? 0)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title={`Save ${plural(changes.length, 'change')}?`}
      description="The engine takes them up at once. What is stored is not looked at again."
      footer={
        <>
          <Button onClick={() => close(false)}>Cancel</Button>
          <Button variant={mustAccept ? 'danger' : 'primary'} pending={pending} onClick={save}>
            Save {plural(changes.length, 'change')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ul className="m-0 list-none rounded-md border border-line p-0">
          {changes.map(({ id, label, from, to }) => (
            <li key={id} className="flex flex-wrap justify-between gap-x-4 border-line border-b px-3 py-1.5 text-sm last:border-b-0">
              <span>{label}</span>
              <span className="tabular">
                <span className="text-muted">{from}</span> → <strong>{to}</strong>
              </span>
            </li>
          ))}
        </ul>
        {losses === null ? (
          <Notice tone="warn">These settings were not previewed: what they would have raised and dropped is not known.</Notice>
        ) : null}
        {mustAccept ? (
          <Notice tone="danger">
            <Checkbox
              label={`I accept that ${plural(losses, 'alarm')} confirmed as a true positive would not have been raised.`}
              checked={isAccepted}
              onCheckedChange={setAccepted}
              error={isTried && !isAccepted ? 'Has to be accepted before it can be saved.' : null}
            />
          </Notice>
        ) : null}
        <TextArea
          label="Why?"
          description="Stands in the history and in the audit log."
          value={reason}
          onValueChange={setReason}
          maxLength={500}
          rows={2}
          error={isTried && isReasonMissing ? 'Say why, in at least 3 characters.' : null}
        />
        {error === null ? null : (
          <Notice tone="danger" live>
            {error}
          </Notice>
        )}
      </div>
    </Dialog>
  )
}
