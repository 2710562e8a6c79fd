'use client'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { Dialog } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import { formatInstant } from '@/components/ui/time-format'
import { showToast } from '@/components/ui/toast'
import { useAddAllowlistEntry, useRemoveAllowlistEntry } from '@/lib/queries/allowlist'
import { type Failure, failureOf } from '@/lib/queries/failure'
import { ALL_DETECTORS, type DraftErrors, type DraftForm, draftOf, EMPTY_DRAFT, tidyDomain } from './entry-draft'
import { EntryPreview, useEntryPreview } from './entry-preview'
import { DAY_MS } from './entry-state'

const LIVES = [
  ['1', '1 day'],
  ['7', '7 days'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', '1 year'],
] as const

interface AddEntryDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly detectorTitles: Readonly<Record<string, string>>
}

/** Builds the sentence on the left of the decision, and shows what it would hide before anything is saved. */
export function AddEntryDialog({ open, onOpenChange, detectorTitles }: AddEntryDialogProps) {
  const [form, setForm] = useState<DraftForm>(EMPTY_DRAFT)
  const [errors, setErrors] = useState<DraftErrors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const domain = useRef<HTMLInputElement>(null)
  const formId = useId()
  const { now, timeZone } = useClock()
  const preview = useEntryPreview(form)
  const add = useAddAllowlistEntry()
  const takeBack = useRemoveAllowlistEntry()
  const refused = preview.data?.refusal ?? null

  const close = (next: boolean) => {
    onOpenChange(next)
    if (next) return
    setForm(EMPTY_DRAFT)
    setErrors({})
    setFailure(null)
  }
  const undo = (entryId: string) =>
    takeBack.mutate(entryId, {
      onSuccess: ({ restoredAlarms }) => showToast({ title: `Entry taken back, ${plural(restoredAlarms, 'alarm')} shown again` }),
      onError: (error) => showToast({ title: 'The entry is still there', description: failureOf(error).detail, tone: 'danger' }),
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const result = draftOf(form)
    setErrors('errors' in result ? result.errors : {})
    if ('errors' in result || refused !== null) return domain.current?.form?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
    add.mutate(result.draft, {
      onSuccess: ({ entry, hiddenAlarms }) => {
        close(false)
        showToast({
          title: `${entry.domain} is on the allowlist`,
          description: hiddenAlarms === 0 ? 'It hides no alarm now.' : `${plural(hiddenAlarms, 'open alarm')} hidden.`,
          action: { label: 'Undo', onAction: () => undo(entry.id) },
        })
      },
      onError: (error) => {
        const why = failureOf(error)
        setFailure(why)
        setErrors(why.fields)
      },
    })
  }
  const field = <Name extends keyof DraftForm>(name: Name) => ({
    value: form[name],
    onValueChange: (value: string) => setForm((before) => ({ ...before, [name]: value })),
    error: errors[name] ?? null,
  })

  return (
    <Dialog
      open={open}
      onOpenChange={close}
      initialFocus={domain}
      title="Add an allowlist entry"
      description="Alarms it covers are hidden and kept; they come back when the entry ends."
      footer={
        <>
          <Button onClick={() => close(false)}>Cancel</Button>
          <Button type="submit" form={formId} variant="primary" pending={add.isPending} disabledReason={refused}>
            {saveLabel(preview.data?.openAlarms)}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {failure === null ? null : (
          <div role="alert">
            <Notice tone="danger">{failure.detail}</Notice>
          </div>
        )}
        <TextField
          {...field('domain')}
          ref={domain}
          label="Domain"
          mono
          name="domain"
          autoComplete="off"
          spellCheck={false}
          placeholder="example.net"
          description="The registered domain, as alarms show it. Everything below it is covered; badexample.net never is."
          onBlur={() => setForm((before) => ({ ...before, domain: tidyDomain(before.domain) }))}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            {...field('source')}
            label="Source"
            optional
            mono
            name="source"
            autoComplete="off"
            spellCheck={false}
            placeholder="all sources"
            description="One client’s address or host name."
          />
          <Select
            {...field('detector')}
            label="Detector"
            options={[
              { value: ALL_DETECTORS, label: 'All detectors' },
              ...Object.entries(detectorTitles).map(([value, label]) => ({ value, label })),
            ]}
          />
        </div>
        <Select
          {...field('days')}
          label="Lasts"
          options={LIVES.map(([value, label]) => ({ value, label }))}
          description={`Until ${formatInstant(now + Number(form.days) * DAY_MS, timeZone, 'day')}. Every entry ends; it can be made again.`}
        />
        <TextArea {...field('reason')} label="Reason" name="reason" rows={2} placeholder="Ours: the agents’ telemetry goes there." />
        <EntryPreview domain={tidyDomain(form.domain)} {...preview} />
      </form>
    </Dialog>
  )
}

const saveLabel = (openAlarms: number | undefined): string =>
  openAlarms === undefined || openAlarms === 0 ? 'Add entry' : `Add entry, hide ${plural(openAlarms, 'alarm')}`
