'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ReasonChoice } from '@/components/alarm/reason-choice'
import { SheetForm } from '@/components/alarm/sheet-form'
import { useCurrentUser } from '@/components/shell/current-user'
import { Checkbox } from '@/components/ui/checkbox'
import { formatCount, plural } from '@/components/ui/format'
import { InertText, inertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextArea } from '@/components/ui/text-area'
import type { OfferedEntriesResponse } from '@/lib/api/contracts/selections'
import { ANALYST_ALLOWLIST_MAX_DAYS, can } from '@/lib/domain/permission'
import { offeredEntriesOptions } from '@/lib/queries/selections'
import type { Bulk } from './use-bulk'

type Offer = OfferedEntriesResponse['entries'][number]

const LIVES = [1, 7, 30, 90, 365] as const
const DEFAULT_DAYS = 30

/** Offered ticked, unless it may not be made or covers what was confirmed as a tunnel. */
const isSafe = ({ refusal, truePositives }: Offer) => refusal === null && truePositives === 0

/** Closes a selection as harmless and ignores its domains from now on: one entry each, listed, each with its own tick. */
export function BulkAllow({ bulk, selectionId }: { readonly bulk: Bulk; readonly selectionId: string }) {
  const { role } = useCurrentUser()
  const { data, error } = useQuery(offeredEntriesOptions(selectionId))
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [days, setDays] = useState(DEFAULT_DAYS)
  const { choice, setChoice, note, setNote } = bulk
  const isTicked = (offer: Offer) => offer.refusal === null && (changed.get(offer.zone) ?? isSafe(offer))
  const ticked = data?.entries.filter(isTicked) ?? []
  const longest = can(role, 'allowlist:manage') ? 365 : ANALYST_ALLOWLIST_MAX_DAYS
  const alarms = plural(bulk.selection.count, 'alarm')
  const blocked =
    error !== null
      ? `The domains could not be asked for: ${error.message}`
      : data === undefined
        ? 'What it would hide is still being counted.'
        : choice.reason === null
          ? 'Choose a reason first.'
          : null
  const submit = () => {
    if (choice.reason === null) return
    const allowlist = ticked.length === 0 ? null : { zones: ticked.map(({ zone }) => zone), days }
    void bulk.run({ kind: 'close', reason: choice.reason, family: choice.family, note: note.trim() || null, allowlist })
  }
  return (
    <SheetForm
      submitLabel={ticked.length === 0 ? `Close ${alarms}` : `Close ${alarms}, ignore ${plural(ticked.length, 'domain')}`}
      disabledReason={blocked}
      pending={bulk.pending}
      onCancel={bulk.dismiss}
      onSubmit={submit}
    >
      <ReasonChoice
        reason={choice.reason}
        family={choice.family}
        onReason={(reason) => setChoice({ ...choice, reason, family: null })}
        onFamily={(family) => setChoice({ ...choice, family })}
        ignorableOnly
      />
      <fieldset className="m-0 flex min-w-0 flex-col gap-1 border-0 p-0">
        <legend className="mb-1 p-0 font-medium text-sm">Ignore from now on</legend>
        {data === undefined ? (
          <SkeletonRows rows={3} label="Looking up the domains" />
        ) : (
          <Offers offers={data.entries} isTicked={isTicked} onTick={(zone, on) => setChanged(new Map(changed).set(zone, on))} />
        )}
        {data === undefined ? null : <LeftOut data={data} />}
      </fieldset>
      <Select
        label="Until"
        value={String(days)}
        onValueChange={(value) => setDays(Number(value))}
        options={LIVES.filter((each) => each <= longest).map((each) => ({
          value: String(each),
          label: each === 1 ? '24 hours' : `${each} days`,
        }))}
      />
      <TextArea
        label="Note"
        optional
        value={note}
        onValueChange={setNote}
        rows={3}
        maxLength={5_000}
        description="Stored with each alarm and entry."
      />
    </SheetForm>
  )
}

interface OffersProps {
  readonly offers: readonly Offer[]
  readonly isTicked: (offer: Offer) => boolean
  readonly onTick: (zone: string, on: boolean) => void
}

function Offers({ offers, isTicked, onTick }: OffersProps) {
  if (offers.length === 0) return <p className="m-0 text-muted text-sm">None of these alarms names a domain.</p>
  return (
    <ul aria-label="Domains of the selection" className="m-0 max-h-80 list-none overflow-y-auto border-line border-y p-0">
      {offers.map((offer) => (
        <li key={offer.zone} className="border-line border-b py-1.5 last:border-b-0">
          <Checkbox
            label={<NameText name={offer.zone} zone={offer.zone} full />}
            description={offer.refusal ?? scopeWords(offer)}
            checked={isTicked(offer)}
            onCheckedChange={(on) => onTick(offer.zone, on)}
            disabled={offer.refusal !== null}
          />
          {offer.warnings.length > 0 && offer.refusal === null ? (
            <div className="mt-1 ml-6">
              <Notice tone="warn">
                <InertText text={offer.warnings.join(' ')} />
              </Notice>
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** "2 selected, hides 5 open alarms · only asked by 10.0.0.5" */
function scopeWords({ alarms, openAlarms, source, detector }: Offer): string {
  const from = source === null ? 'every source' : `only ${inertText(source)}`
  const by = detector === null ? 'every detector' : `only ${inertText(detector)}`
  return `${formatCount(alarms)} selected, ${plural(openAlarms, 'open alarm')} covered · ${from}, ${by}`
}

function LeftOut({ data: { entries, zonesTotal, withoutZone } }: { readonly data: OfferedEntriesResponse }) {
  const more = zonesTotal - entries.length
  if (more === 0 && withoutZone === 0) return null
  return (
    <p className="m-0 text-muted text-sm">
      {more > 0 ? `${plural(more, 'further domain')} of the selection ${more === 1 ? 'gets' : 'get'} no entry here. ` : ''}
      {withoutZone > 0 ? `${plural(withoutZone, 'alarm')} ${withoutZone === 1 ? 'names' : 'name'} no domain. ` : ''}
      They are closed all the same.
    </p>
  )
}
