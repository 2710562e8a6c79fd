'use client'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import type { AddLogSourceResponse } from '@/lib/api/contracts/log-sources'
import type { LogSource } from '@/lib/domain/log-source'
import { isKeyed, isListening } from '@/lib/domain/log-source-draft'
import type { Sender } from '@/lib/domain/senders/senders'
import { failureOf } from '@/lib/queries/failure'
import { useAddLogSource } from '@/lib/queries/log-sources'
import {
  asksConfirmation,
  bodyOf,
  errorsOf,
  type FormErrors,
  freshForm,
  KEY_LIVES,
  localErrors,
  QUIET_CHOICES,
  type SenderForm as Values,
} from './sender-fields'

interface SenderFormProps {
  readonly sender: Sender
  /** Sources there are, for names and ports that are taken. */
  readonly live: readonly LogSource[]
  readonly formats: readonly { readonly id: string; readonly title: string }[]
  readonly onBack: () => void
  readonly onAdded: (added: AddLogSourceResponse) => void
}

/** Second step: name it, say where. */
export function SenderForm({ sender, live, formats, onBack, onAdded }: SenderFormProps) {
  const [values, setValues] = useState<Values>(() => freshForm(sender))
  const [errors, setErrors] = useState<FormErrors>({})
  const [failure, setFailure] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const add = useAddLogSource()
  const refuse = (found: FormErrors) => {
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setFailure(null)
    const found = localErrors(sender, values, live)
    if (Object.keys(found).length > 0) return refuse(found)
    add.mutate(bodyOf(sender, values), {
      onSuccess: onAdded,
      onError: (error) => {
        const why = failureOf(error)
        const fields = errorsOf(Object.entries(why.fields))
        refuse(fields)
        if (Object.keys(fields).length === 0) setFailure(why.detail)
      },
    })
  }
  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) => setValues((before) => ({ ...before, [name]: value }))
  const text = (name: 'name' | 'address' | 'port' | 'path') => ({
    ...{ name, value: values[name], error: errors[name] ?? null, autoComplete: 'off', spellCheck: false },
    onValueChange: (value: string) => set(name, value),
  })
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure === null ? null : (
        <div role="alert">
          <Notice tone="danger">{failure}</Notice>
        </div>
      )}
      <TextField
        label="Name"
        description="As your team calls it: it stands in notices when nothing comes from it."
        autoFocus
        {...text('name')}
      />
      {isListening(sender.kind) ? (
        <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-3">
          <TextField label="Listen on" mono description="127.0.0.1: this machine alone. 0.0.0.0: every address." {...text('address')} />
          <TextField label="Port" mono inputMode="numeric" {...text('port')} />
        </div>
      ) : null}
      {asksConfirmation(sender, values) ? (
        <Checkbox
          label="Anyone who reaches this address may send to it"
          description="What arrives is not authenticated: forged lines would be believed. Limit it by a firewall."
          checked={values.acceptsUnauthenticated}
          onCheckedChange={(on) => set('acceptsUnauthenticated', on)}
          error={errors.acceptsUnauthenticated ?? null}
        />
      ) : null}
      {sender.kind === 'dnstap-unix' || sender.kind === 'tail' ? (
        <TextField
          label={sender.kind === 'tail' ? 'File' : 'Socket'}
          mono
          description={
            sender.kind === 'tail'
              ? 'Absolute, on this machine. * and ? may stand in the file name.'
              : 'Absolute. Dowser makes it when it starts to listen.'
          }
          {...text('path')}
        />
      ) : null}
      {sender.kind === 'tail' ? (
        <Checkbox
          label="Also read what the file already holds"
          description="Otherwise only what is written from now on."
          checked={values.backfill}
          onCheckedChange={(on) => set('backfill', on)}
        />
      ) : null}
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Select
          label="Counts as missing after"
          value={values.quietMinutes}
          onValueChange={(value) => set('quietMinutes', value)}
          options={QUIET_CHOICES}
          description="Of silence. Then every page says so."
          error={errors.quietMinutes ?? null}
        />
        {isKeyed(sender.kind) ? (
          <Select label="Key is valid for" value={values.keyDays} onValueChange={(value) => set('keyDays', value)} options={KEY_LIVES} />
        ) : sender.kind.startsWith('dnstap') ? null : (
          <Select
            label="Format"
            value={values.format === '' ? AUTO : values.format}
            onValueChange={(value) => set('format', value === AUTO ? '' : value)}
            options={[{ value: AUTO, label: 'Recognised by content' }, ...formats.map(({ id, title }) => ({ value: id, label: title }))]}
            error={errors.format ?? null}
          />
        )}
      </div>
      <div className="flex justify-between gap-2 pt-1">
        <Button icon="chevron-left" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" variant="primary" pending={add.isPending}>
          Add source
        </Button>
      </div>
    </form>
  )
}

const AUTO = 'auto'
