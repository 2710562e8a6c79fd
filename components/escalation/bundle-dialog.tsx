'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { formatCount, plural } from '@/components/ui/format'
import { TextArea } from '@/components/ui/text-area'
import type { EscalationDetail } from '@/lib/domain/escalation'
import { type Named, readIds } from './read-ids'
import type { EscalationChanger } from './use-escalation-change'

interface BundleDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly detail: EscalationDetail
  readonly changer: EscalationChanger
}

const labelOf = ({ alarmIds, escalationIds }: Named): string =>
  escalationIds.length > 0 ? `Merge ${escalationIds[0]}` : alarmIds.length > 0 ? `Add ${plural(alarmIds.length, 'alarm')}` : 'Add'

/** Adds alarms by id, or merges another escalation in. */
export function BundleDialog({ open, onOpenChange, detail: { escalation, alarms }, changer }: BundleDialogProps) {
  const [text, setText] = useState('')
  const named = readIds(text)
  const { alarmIds, escalationIds, unknown } = named
  const isMixed = escalationIds.length > 1 || (escalationIds.length === 1 && alarmIds.length > 0)
  const bad =
    unknown.length > 0 ? `Not an id: ${unknown.slice(0, 3).join(', ')}` : isMixed ? 'One escalation, or alarms; not both at once.' : null
  const [fromId] = escalationIds
  const submit = async () => {
    const made = await changer.make(fromId === undefined ? { kind: 'add', alarmIds: [...alarmIds] } : { kind: 'merge', fromId })
    if (made === null) return
    setText('')
    onOpenChange(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="sm"
      title={`Add to ${escalation.id}`}
      description={`It holds ${formatCount(alarms.length)} now. All the named alarms are attached, or none.`}
      footer={
        <>
          <Button variant="ghost" onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={changer.pending}
            disabledReason={bad ?? (text.trim() === '' ? 'Name an alarm or an escalation.' : null)}
            onClick={() => void submit()}
          >
            {labelOf(named)}
          </Button>
        </>
      }
    >
      <TextArea
        label="Alarms, or another escalation to merge in"
        description="Ids such as ALM-… or ESC-0042, apart by spaces, commas or lines."
        value={text}
        onValueChange={setText}
        error={bad}
        rows={4}
      />
    </Dialog>
  )
}
