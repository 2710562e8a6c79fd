'use client'

import { type RefObject, useEffect, useEffectEvent, useId, useState } from 'react'
import { useClock } from '@/components/ui/clock'
import { cx } from '@/components/ui/cx'
import { formatCount } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { Kbd } from '@/components/ui/kbd'
import { severityWord } from '@/components/ui/severity-badge'
import { SEVERITIES, type Severity } from '@/lib/domain/severity'
import type { AlarmsSearchParams } from '@/lib/url/alarms-search-params'
import { completions, readFieldQuery, splitUnfinished } from '@/lib/url/field-query'

const TYPING_MS = 250
const HOUR_MS = 3_600_000
const SPANS = [
  { value: 'any', label: 'Any time', ms: null },
  { value: '24h', label: 'Last 24 hours', ms: 24 * HOUR_MS },
  { value: '7d', label: 'Last 7 days', ms: 168 * HOUR_MS },
  { value: '30d', label: 'Last 30 days', ms: 720 * HOUR_MS },
] as const
const SORTS = [
  { value: 'worst', label: 'Worst first' },
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
] as const

type Changes = { [Key in keyof AlarmsSearchParams]?: AlarmsSearchParams[Key] | null }

interface QueueFiltersProps {
  readonly params: AlarmsSearchParams
  readonly onChange: (changes: Changes) => void
  readonly counts: { readonly severity: Readonly<Record<string, number>>; readonly detector: Readonly<Record<string, number>> } | undefined
  readonly detectors: readonly { readonly id: string; readonly title: string }[]
  readonly searchRef: RefObject<HTMLInputElement | null>
}

/** Free text, severity, detector, time and order; each stands in the address. */
export function QueueFilters({ params, onChange, counts, detectors, searchRef }: QueueFiltersProps) {
  const { now } = useClock()
  const [detector = 'all'] = params.detector
  const span = params.from === null ? 'any' : 'custom'
  return (
    <search className="grid grid-cols-2 items-center gap-2 sm:flex sm:flex-wrap">
      <SearchField params={params} onChange={onChange} detectors={detectors} inputRef={searchRef} />
      <SeverityToggles value={params.severity} counts={counts?.severity ?? {}} onChange={(severity) => onChange({ severity })} />
      <FilterSelect
        label="Detector"
        className="col-span-2 sm:w-52"
        value={params.detector.length > 1 ? 'several' : detector}
        onValueChange={(value) => onChange({ detector: value === 'all' || value === 'several' ? null : [value] })}
        options={[
          { value: 'all', label: 'Every detector' },
          ...(params.detector.length > 1 ? [{ value: 'several', label: 'Several detectors' }] : []),
          ...detectors.map(({ id, title }) => ({ value: id, label: `${title} (${formatCount(counts?.detector[id] ?? 0)})` })),
        ]}
      />
      <FilterSelect
        label="Time"
        className="sm:w-36"
        value={span}
        onValueChange={(value) => {
          const ms = SPANS.find((each) => each.value === value)?.ms ?? null
          onChange({ from: ms === null ? null : now - ms, to: null })
        }}
        options={[...SPANS, ...(span === 'custom' ? [{ value: 'custom' as const, label: 'Since a time' }] : [])]}
      />
      <FilterSelect label="Order" className="sm:w-36" value={params.sort} onValueChange={(sort) => onChange({ sort })} options={SORTS} />
    </search>
  )
}

interface FilterSelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly onValueChange: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly className?: string
}

/** The browser's own list: light to load, and a phone's own picker. */
function FilterSelect<Value extends string>({ label, value, onValueChange, options, className }: FilterSelectProps<Value>) {
  return (
    <label className={cx('relative min-w-0', className)}>
      <span className="sr-only">{label}</span>
      <select
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onValueChange(chosen.value)
        }}
        className="tap h-8 w-full appearance-none truncate rounded-md border border-line-strong bg-surface pr-7 pl-2.5 text-base text-ink"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Icon name="up-down" size={14} className="pointer-events-none absolute top-1/2 right-2 -translate-y-1/2 text-faint" />
    </label>
  )
}

interface SearchFieldProps {
  readonly params: AlarmsSearchParams
  readonly onChange: (changes: Changes) => void
  readonly detectors: readonly { readonly id: string }[]
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/** Words and `field:value` in one box; a finished field becomes a chip below. */
function SearchField({ params, onChange, detectors, inputRef }: SearchFieldProps) {
  const value = params.text ?? ''
  const listId = useId()
  const [typed, setTyped] = useState(value)
  const [address, setAddress] = useState(value)
  if (value !== address) {
    setAddress(value)
    // What is still being typed behind it stays.
    if (value !== readFieldQuery(splitUnfinished(typed).done).text) setTyped(value)
  }
  const commit = (all: boolean) => {
    const { done, unfinished } = all ? { done: typed, unfinished: '' } : splitUnfinished(typed)
    const { fields, text } = readFieldQuery(done)
    const found = Object.keys(fields).length > 0
    if (found) setTyped([text, unfinished].filter(Boolean).join(' '))
    if (found || text !== value) onChange({ ...fields, text: text || null })
  }
  const commitFinished = useEffectEvent(() => commit(false))
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing restarts the wait
  useEffect(() => {
    const timer = setTimeout(commitFinished, TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <>
      <label className="relative col-span-2 min-w-56 flex-1 basis-64">
        <span className="sr-only">Search alarms</span>
        <Icon name="search" className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-faint" />
        <input
          ref={inputRef}
          type="search"
          value={typed}
          maxLength={200}
          placeholder="Words, or zone: source: host: owner: …"
          list={listId}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
            if (event.key === 'Enter') commit(true)
          }}
          className="tap h-8 w-full rounded-md border border-line-strong bg-surface pr-8 pl-8 text-base placeholder:text-faint"
        />
        <span aria-hidden="true" className="pointer-events-none absolute top-1/2 right-2 hidden -translate-y-1/2 sm:block">
          <Kbd>/</Kbd>
        </span>
      </label>
      <datalist id={listId}>
        {completions(
          typed,
          detectors.map(({ id }) => id),
        ).map((offer) => (
          <option key={offer} value={offer} />
        ))}
      </datalist>
    </>
  )
}

interface SeverityTogglesProps {
  readonly value: readonly Severity[]
  readonly counts: Readonly<Record<string, number>>
  readonly onChange: (value: Severity[] | null) => void
}

function SeverityToggles({ value, counts, onChange }: SeverityTogglesProps) {
  const toggle = (severity: Severity) => {
    const next = SEVERITIES.filter((each) => (each === severity ? !value.includes(each) : value.includes(each)))
    onChange(next.length === 0 ? null : next)
  }
  return (
    <fieldset className="col-span-2 m-0 flex gap-1 overflow-x-auto border-0 p-0">
      <legend className="sr-only">Severity</legend>
      {SEVERITIES.toReversed().map((severity) => {
        const on = value.includes(severity)
        return (
          <button
            key={severity}
            type="button"
            aria-pressed={on}
            onClick={() => toggle(severity)}
            className={cx(
              'tap h-8 rounded-md border px-2 text-sm',
              on ? 'border-accent bg-selected font-medium text-ink' : 'border-line text-muted hover:bg-hover',
            )}
          >
            {severityWord(severity)} <span className="tabular text-faint">{formatCount(counts[severity] ?? 0)}</span>
          </button>
        )
      })}
    </fieldset>
  )
}
