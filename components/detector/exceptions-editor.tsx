'use client'
import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { InertText } from '@/components/ui/inert-text'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { TextField } from '@/components/ui/text-field'
import { TimeText } from '@/components/ui/time-text'
import type { DetectorSettingsView } from '@/lib/api/contracts/detectors'
import type { DetectorException } from '@/lib/domain/detector-settings'
import { exceptionCheckOptions } from '@/lib/queries/detectors'

const DAY_MS = 86_400_000
const ENDS = [
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
] as const

interface ExceptionsEditorProps {
  readonly support: NonNullable<DetectorSettingsView['exceptionSupport']>
  readonly exceptions: readonly DetectorException[]
  readonly refusal: string | null
  readonly onChange: (exceptions: readonly DetectorException[]) => void
}

/** Queries that take events out of the rule's sight; the parser's word appears while they are written. */
export function ExceptionsEditor({ support, exceptions, refusal, onChange }: ExceptionsEditorProps) {
  return (
    <div className="flex flex-col gap-3">
      <p className="m-0 max-w-[72ch] text-muted text-sm">{support.reason}</p>
      {exceptions.length === 0 ? (
        <EmptyState kind="first" icon="filter" title="No exceptions" className="py-5">
          Every event the query matches is counted.
        </EmptyState>
      ) : (
        <ul className="m-0 list-none rounded-md border border-line bg-surface p-0">
          {exceptions.map((exception, index) => (
            <li
              key={`${exception.kql} ${exception.reason}`}
              className="flex items-start gap-3 border-line border-b px-3 py-2 text-sm last:border-b-0"
            >
              <div className="min-w-0 flex-1">
                <code className="wrap-anywhere">
                  <InertText text={exception.kql} />
                </code>
                <p className="m-0 text-muted">
                  <InertText text={exception.reason} limit={300} />
                  {exception.expiresAt === null ? (
                    ' · no end'
                  ) : (
                    <>
                      {' · until '}
                      <TimeText at={exception.expiresAt} precision="day" />
                    </>
                  )}
                </p>
              </div>
              <IconButton
                icon="trash"
                size="sm"
                label={`Remove the exception ${exception.kql.slice(0, 60)}`}
                disabledReason={refusal}
                onClick={() => onChange(exceptions.filter((_, other) => other !== index))}
              />
            </li>
          ))}
        </ul>
      )}
      {refusal === null ? <NewException support={support} onAdd={(exception) => onChange([...exceptions, exception])} /> : null}
    </div>
  )
}

interface NewExceptionProps {
  readonly support: ExceptionsEditorProps['support']
  readonly onAdd: (exception: DetectorException) => void
}

function NewException({ support, onAdd }: NewExceptionProps) {
  const [kql, setKql] = useState('')
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState<(typeof ENDS)[number]['value']>('90')
  const asked = useDeferredValue(kql.trim())
  const check = useQuery({ ...exceptionCheckOptions(asked), enabled: asked !== '' })
  const refusal = asked === '' ? null : (check.data?.refusal ?? null)
  const isReady = kql.trim() !== '' && asked === kql.trim() && check.data?.refusal === null && reason.trim() !== ''
  const add = () => {
    onAdd({ kql: kql.trim(), reason: reason.trim(), expiresAt: end === 'never' ? null : Date.now() + Number(end) * DAY_MS })
    setKql('')
    setReason('')
  }
  return (
    <fieldset className="m-0 flex flex-col gap-3 rounded-md border border-line p-3">
      <legend className="px-1 font-medium text-sm">New exception</legend>
      <TextArea
        label="Query (KQL)"
        description={`For example ${support.example}. Fields: ${support.fields.join(', ')}.`}
        value={kql}
        onValueChange={setKql}
        rows={2}
        maxLength={2_000}
        spellCheck={false}
        error={refusal}
      />
      <div className="flex flex-wrap items-end gap-3">
        <TextField label="Why" className="min-w-48 flex-1" value={reason} onValueChange={setReason} maxLength={500} />
        <Select label="Ends" className="w-36" value={end} onValueChange={setEnd} options={ENDS} />
        <Button icon="plus" disabledReason={isReady ? null : 'Write a valid query and why.'} onClick={add}>
          Add
        </Button>
      </div>
    </fieldset>
  )
}
