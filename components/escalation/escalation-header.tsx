'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCurrentUser } from '@/components/shell/current-user'
import { LookingNow } from '@/components/shell/lookers'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { TimeText } from '@/components/ui/time-text'
import { ESCALATION_STATUSES, type EscalationDetail, type EscalationStatus } from '@/lib/domain/escalation'
import { ESCALATION_STATUS_WORDS } from '@/lib/domain/escalation-timeline'
import { escalationPeopleOptions, handoverHref } from '@/lib/queries/escalations'
import { BundleDialog } from './bundle-dialog'
import type { EscalationChanger } from './use-escalation-change'

export interface EscalationPart {
  readonly detail: EscalationDetail
  readonly changer: EscalationChanger
  /** Why nothing may be changed; null when it may. */
  readonly refusal: string | null
}

const NOBODY = '*'

/** Title, status and owner, and the hand-over. */
export function EscalationHeader({ detail, changer, refusal }: EscalationPart) {
  const { escalation, alarms } = detail
  const [adding, setAdding] = useState(false)
  return (
    <>
      <PageHeader
        title={
          <span className="wrap-anywhere">
            <span className="tabular text-accent">{escalation.id}</span> <InertText text={escalation.title} limit={200} />
          </span>
        }
        beside={refusal === null ? <Rename {...{ detail, changer, refusal }} /> : null}
        description={
          <>
            {plural(alarms.length, 'alarm')}. Opened by <InertText text={escalation.createdBy.name} limit={60} />{' '}
            <TimeText at={escalation.createdAt} precision="minute" />.
          </>
        }
        actions={
          <>
            <Button icon="plus" disabledReason={refusal} onClick={() => setAdding(true)}>
              Add or merge
            </Button>
            <HandoverLinks escalationId={escalation.id} />
          </>
        }
      />
      <div className="mb-6 flex flex-wrap items-end gap-3">
        <Select<EscalationStatus>
          label="Status"
          className="w-44"
          value={escalation.status}
          disabled={refusal !== null}
          onValueChange={(status) => void changer.make({ kind: 'status', status })}
          options={ESCALATION_STATUSES.map((value) => ({ value, label: ESCALATION_STATUS_WORDS[value] }))}
        />
        <Owner {...{ detail, changer, refusal }} />
        <LookingNow subject={`escalation:${escalation.id}`} />
      </div>
      <BundleDialog open={adding} onOpenChange={setAdding} detail={detail} changer={changer} />
    </>
  )
}

function Rename({ detail: { escalation }, changer }: EscalationPart) {
  const [draft, setDraft] = useState<string | null>(null)
  if (draft === null) {
    return (
      <Button size="sm" variant="ghost" onClick={() => setDraft(escalation.title)}>
        Rename
      </Button>
    )
  }
  const save = async () => {
    const title = draft.trim()
    setDraft(null)
    if (title !== '' && title !== escalation.title) await changer.make({ kind: 'rename', title })
  }
  return (
    <form
      className="flex basis-full items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <TextField label="Title" hideLabel className="min-w-0 flex-1" autoFocus maxLength={200} value={draft} onValueChange={setDraft} />
      <Button type="submit">Save</Button>
      <Button variant="ghost" onClick={() => setDraft(null)}>
        Cancel
      </Button>
    </form>
  )
}

function Owner({ detail: { escalation }, changer, refusal }: EscalationPart) {
  const { userId } = useCurrentUser()
  const { data } = useQuery({ ...escalationPeopleOptions(), enabled: refusal === null })
  const { owner } = escalation
  const known = data?.people ?? []
  // Who owns it is shown also when they may no longer be chosen.
  const people = owner === null || known.some((person) => person.userId === owner.userId) ? known : [owner, ...known]
  return (
    <>
      <Select
        label="Owner"
        className="w-52"
        value={owner?.userId ?? NOBODY}
        disabled={refusal !== null}
        onValueChange={(next) => void changer.make({ kind: 'assign', userId: next === NOBODY ? null : next })}
        options={[{ value: NOBODY, label: 'Nobody' }, ...people.map((person) => ({ value: person.userId, label: person.name }))]}
      />
      {owner?.userId === userId ? null : (
        <Button
          disabledReason={refusal}
          pending={changer.pending}
          aria-keyshortcuts="m"
          onClick={() => void changer.make({ kind: 'assign', userId })}
        >
          Take
        </Button>
      )}
    </>
  )
}

const FORMATS = [
  ['markdown', 'Markdown'],
  ['json', 'JSON'],
  ['pdf', 'PDF'],
] as const

function HandoverLinks({ escalationId }: { readonly escalationId: string }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      {FORMATS.map(([format, label]) => (
        <a key={format} href={handoverHref(escalationId, format)} download className={buttonClass()}>
          <Icon name="download" />
          <span className="sr-only">Hand-over as </span>
          {label}
        </a>
      ))}
    </span>
  )
}
