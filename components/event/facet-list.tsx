'use client'
import { useState } from 'react'
import { formatCompact, formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { type EventField, NO_VALUE } from '@/lib/domain/event-search'
import type { AddedCounts } from './add-counts'

const TITLES: Readonly<Partial<Record<EventField, string>>> = {
  type: 'Types',
  rcode: 'Answers',
  source: 'Sources',
  zone: 'Zones',
  process: 'Processes',
  host: 'Hosts',
  user: 'Users',
}
const SHOWN = 6
const MOST = 30

interface FacetListProps {
  readonly facets: AddedCounts['facets']
  readonly total: number
  /** Narrows the search to a value. */
  readonly onPick: (field: EventField, value: string) => void
}

/** The most frequent values of each field; picking one narrows the search. */
export function FacetList({ facets, total, onPick }: FacetListProps) {
  return (
    <div className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
      {facets.map((facet) => (
        <Facet key={facet.field} facet={facet} total={total} onPick={onPick} />
      ))}
    </div>
  )
}

function Facet({
  facet: { field, values, rest },
  total,
  onPick,
}: { readonly facet: AddedCounts['facets'][number] } & Omit<FacetListProps, 'facets'>) {
  const [isLong, setLong] = useState(false)
  const shown = values.slice(0, isLong ? MOST : SHOWN)
  const hidden = total - shown.reduce((sum, { count }) => sum + count, 0)
  return (
    <section aria-label={TITLES[field] ?? field} className="min-w-0">
      <h3 className="eyebrow m-0 mb-1">{TITLES[field] ?? field}</h3>
      <ul className="m-0 list-none p-0 text-sm">
        {shown.map(({ value, count }) => (
          <li key={value ?? '\u0000none'}>
            <Value field={field} value={value} count={count} onPick={onPick} />
          </li>
        ))}
      </ul>
      <p className="m-0 flex items-center gap-2 pt-0.5 text-faint text-xs">
        {hidden > 0 ? `${formatCount(hidden)} with ${rest > 0 ? 'rarer' : 'other'} values` : null}
        {values.length > SHOWN ? (
          <button type="button" className="tap min-h-6 text-accent hover:underline" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
            {isLong ? 'Fewer' : 'More'}
          </button>
        ) : null}
      </p>
    </section>
  )
}

interface ValueProps {
  readonly field: EventField
  readonly value: string | null
  readonly count: number
  readonly onPick: FacetListProps['onPick']
}

function Value({ field, value, count, onPick }: ValueProps) {
  const row = 'grid w-full grid-cols-[minmax(0,1fr)_auto] items-baseline gap-2 rounded-sm px-1 py-0.5 text-left'
  const number = (
    <span className="tabular text-muted" title={formatCount(count)}>
      {formatCompact(count)}
    </span>
  )
  // Only of type and answer can "none" be searched for.
  if (value === null && field !== 'type' && field !== 'rcode') return <span className={`${row} text-muted`}>none {number}</span>
  return (
    <button type="button" className={`tap ${row} hover:bg-hover`} onClick={() => onPick(field, value ?? NO_VALUE)}>
      <span className="min-w-0 truncate">
        {value === null ? (
          field === 'rcode' ? (
            'no answer'
          ) : (
            'none'
          )
        ) : field === 'zone' ? (
          <NameText name={value} zone={value} />
        ) : (
          <InertText text={value} limit={80} />
        )}
      </span>
      {number}
    </button>
  )
}
