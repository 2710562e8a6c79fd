'use client'
import { useId } from 'react'
import { Button } from '@/components/ui/button'
import { CONTROL, LABEL } from '@/components/ui/field'

const HOUR_MS = 3_600_000
const PRESETS = [
  ['Last hour', HOUR_MS],
  ['Last day', 24 * HOUR_MS],
  ['Last 7 days', 168 * HOUR_MS],
] as const

interface TimeSpanProps {
  /** Epoch ms; null: from the first, to the last stored event. */
  readonly from: number | null
  readonly to: number | null
  readonly onChange: (range: { readonly from: number | null; readonly to: number | null }) => void
}

/** Two instants in UTC, kept absolute so that a link shows the same to everybody. */
export function TimeSpan({ from, to, onChange }: TimeSpanProps) {
  return (
    <fieldset className="m-0 flex min-w-0 flex-wrap items-end gap-2 border-0 p-0">
      <legend className="sr-only">Time of the events</legend>
      <Instant label="From (UTC)" at={from} onAt={(at) => onChange({ from: at, to })} />
      <Instant label="To (UTC)" at={to} onAt={(at) => onChange({ from, to: at })} />
      {PRESETS.map(([label, span]) => (
        <Button key={label} variant="ghost" onClick={() => onChange({ from: Math.floor((Date.now() - span) / 60_000) * 60_000, to: null })}>
          {label}
        </Button>
      ))}
      {from === null && to === null ? null : (
        <Button variant="ghost" icon="close" onClick={() => onChange({ from: null, to: null })}>
          Any time
        </Button>
      )}
    </fieldset>
  )
}

/** `2026-11-21T12:00:05`, what a date input holds. */
export const toInput = (at: number | null): string =>
  at === null || Math.abs(at) > 8.64e15 || !/^\d{4}-/.test(new Date(at).toISOString()) ? '' : new Date(at).toISOString().slice(0, 19)

/** @returns null for an empty or unfinished input. */
export function fromInput(text: string): number | null {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  return Number.isFinite(at) ? at : null
}

function Instant({ label, at, onAt }: { readonly label: string; readonly at: number | null; readonly onAt: (at: number | null) => void }) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1 max-sm:basis-full">
      <label htmlFor={id} className={LABEL}>
        {label}
      </label>
      <input
        // Uncontrolled while it is typed in: a date that is half written has no value to keep.
        key={at}
        id={id}
        type="datetime-local"
        step={1}
        defaultValue={toInput(at)}
        onBlur={(event) => {
          if (event.target.value !== toInput(at)) onAt(fromInput(event.target.value))
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur()
        }}
        className={`${CONTROL} tap h-8 min-w-0 px-2 text-sm`}
      />
    </div>
  )
}
