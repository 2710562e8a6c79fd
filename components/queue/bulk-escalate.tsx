'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { SheetForm } from '@/components/alarm/sheet-form'
import { MatchChoice, NEW_ESCALATION } from '@/components/escalation/match-choice'
import { formatCount, plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { Skeleton } from '@/components/ui/skeleton'
import { TextArea } from '@/components/ui/text-area'
import { selectionMatchesOptions } from '@/lib/queries/selections'
import type { Bulk } from './use-bulk'

/** Hands a selection over into one escalation, new or open, and says first how many of its alarms that can be. */
export function BulkEscalate({ bulk, selectionId }: { readonly bulk: Bulk; readonly selectionId: string }) {
  const { data, error } = useQuery(selectionMatchesOptions(selectionId))
  const [own, setOwn] = useState<string | null>(null)
  const value = own ?? data?.matches[0]?.escalation.id ?? NEW_ESCALATION
  const left = data === undefined ? 0 : bulk.selection.count - data.escalatable
  const blocked =
    data === undefined
      ? 'What it fits into is still being looked for.'
      : data.escalatable === 0
        ? 'None of them is open, so there is nothing to escalate.'
        : data.escalatable > data.most
          ? `An escalation holds ${formatCount(data.most)} alarms at most. Select fewer, or several times.`
          : null
  const submit = () =>
    void bulk.run({ kind: 'escalate', escalationId: value === NEW_ESCALATION ? null : value, note: bulk.note.trim() || null })
  return (
    <SheetForm
      submitLabel={data === undefined || data.escalatable > data.most ? 'Escalate' : `Escalate ${plural(data.escalatable, 'alarm')}`}
      focusSubmit
      disabledReason={error === null ? blocked : `It could not be asked for: ${error.message}`}
      pending={bulk.pending}
      onCancel={bulk.dismiss}
      onSubmit={submit}
    >
      {blocked !== null && data !== undefined ? <Notice tone="warn">{blocked}</Notice> : null}
      {blocked === null && left > 0 ? (
        <p className="m-0 text-muted text-sm">
          {plural(left, 'alarm')} of them {left === 1 ? 'is' : 'are'} decided already or in an escalation, and will be left.
        </p>
      ) : null}
      {data === undefined ? <Skeleton className="h-20 w-full" /> : <MatchChoice matches={data.matches} value={value} onChange={setOwn} />}
      <TextArea
        label="Note for whoever takes over"
        optional
        value={bulk.note}
        onValueChange={bulk.setNote}
        rows={3}
        maxLength={5_000}
        description="Stored with each of them."
      />
    </SheetForm>
  )
}
