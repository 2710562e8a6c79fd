'use client'

import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'
import { outcomeLabel } from './outcomes'
import type { Triage } from './use-triage'

const DID: Readonly<Record<Alarm['status'], string>> = {
  open: 'reopened',
  escalated: 'escalated',
  closed: 'closed',
  suppressed: 'hid',
}

/** Somebody was faster: says who, when and how, and asks whose decision stands. */
export function ConflictDialog({ triage }: { readonly triage: Pick<Triage, 'conflict' | 'keepTheirs' | 'insist'> }) {
  const { conflict, keepTheirs, insist } = triage
  if (conflict === null) return null
  const { alarm, lastEvent } = conflict.conflict
  const { decision } = conflict.mine
  const typed = decision.kind === 'undo' ? null : decision.note
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={(open) => {
        if (!open) keepTheirs()
      }}
      title="Someone decided first"
      description={<WhoWasFirst alarm={alarm} lastEvent={lastEvent} />}
      footer={
        <>
          <Button onClick={() => void insist()}>{alarm.status === 'closed' ? 'Reopen with mine' : 'Apply mine'}</Button>
          <Button variant="primary" onClick={keepTheirs}>
            Keep theirs
          </Button>
        </>
      }
    >
      <p className="m-0 text-muted text-sm">Both decisions stay in the history. Nothing of yours has been stored yet.</p>
      {typed && (
        <div className="mt-3 flex items-start gap-2 rounded-md border border-line px-3 py-2 text-sm">
          <p className="wrap-anywhere m-0 max-h-40 min-w-0 flex-1 overflow-y-auto whitespace-pre-wrap">
            <InertText text={typed} />
          </p>
          <CopyButton label="Copy your note" text={typed} />
        </div>
      )}
    </Dialog>
  )
}

function WhoWasFirst({ alarm, lastEvent }: { readonly alarm: Alarm; readonly lastEvent: AlarmEvent | null }) {
  const by = alarm.status === 'closed' ? (alarm.decision?.byName ?? lastEvent?.byName) : lastEvent?.byName
  const at = lastEvent?.at ?? alarm.decision?.at
  return (
    <>
      <InertText text={by ?? 'Dowser'} /> {DID[alarm.status]} this {at === undefined ? 'meanwhile' : <TimeText at={at} relative />}
      {alarm.status === 'closed' && alarm.decision ? ` as ${outcomeLabel(alarm.decision.reason, alarm.decision.family)}` : ''}.
    </>
  )
}
