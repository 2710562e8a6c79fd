'use client'

import { cx } from '@/components/ui/cx'
import type { AlarmsSearchParams } from '@/lib/url/alarms-search-params'

const CHOICES = [
  { value: 'stories', label: 'Stories' },
  { value: 'alarms', label: 'Alarms' },
] as const

interface RowsToggleProps {
  readonly value: AlarmsSearchParams['rows']
  readonly onChange: (rows: AlarmsSearchParams['rows']) => void
}

/** What a row stands for: one zone with all that speaks of it, or one alarm. */
export function RowsToggle({ value, onChange }: RowsToggleProps) {
  return (
    <fieldset className="m-0 flex border-0 p-0">
      <legend className="sr-only">A row is</legend>
      {CHOICES.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
          className={cx(
            'tap h-7 border px-2.5 text-sm first-of-type:rounded-l-md last-of-type:rounded-r-md last-of-type:border-l-0',
            choice.value === value ? 'border-accent bg-selected font-medium text-ink' : 'border-line text-muted hover:bg-hover',
          )}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  )
}
