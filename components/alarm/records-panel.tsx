'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { CountProgress } from '@/components/event/count-progress'
import { EventsLink } from '@/components/event/events-link'
import { LookupTable } from '@/components/event/lookup-table'
import { ProcessTable } from '@/components/event/process-table'
import { useCounts } from '@/components/event/use-counts'
import { buttonClass } from '@/components/ui/button-class'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { LookupHit, ProcessHit } from '@/lib/api/contracts/event-search'
import type { Alarm } from '@/lib/domain/alarm'
import { type AlarmEvents, eventsOf, termsOf } from '@/lib/domain/alarm-events'
import { type EventField, formatEventSearch, NO_VALUE } from '@/lib/domain/event-search'
import { eventRowsOptions } from '@/lib/queries/events'
import { failureOf } from '@/lib/queries/failure'
import type { EventFilter } from '@/lib/url/events-search-params'
import { Panel } from './panel'

const ROWS_SHOWN = 10
const VALUES_SHOWN = 6
const TITLES: Readonly<Partial<Record<EventField, string>>> = {
  type: 'Record types',
  rcode: 'Response codes',
  source: 'Sources',
  process: 'Processes',
  host: 'Hosts',
  user: 'Users',
}

type Found = NonNullable<AlarmEvents['link']>

/** The stored events of the alarm themselves: how many, of which kinds, what was answered, the newest in full. */
export function RecordsPanel({ alarm }: { readonly alarm: Alarm }) {
  const { link, noun } = eventsOf(alarm)
  return link === null ? null : <Records found={link} noun={noun} />
}

function Records({ found, noun }: { readonly found: Found; readonly noun: string }) {
  const { where, kind, from, to } = found
  const filter: EventFilter = { kind, q: formatEventSearch(termsOf(where)), from, to }
  const counts = useCounts(filter)
  const gone = counts.complete && counts.counts?.total === 0
  return (
    <Panel
      title="Records in store"
      description="Counted from the events themselves; every number opens just these."
      actions={
        gone ? null : (
          <EventsLink {...found} className={buttonClass('secondary', 'sm')}>
            Open in events
          </EventsLink>
        )
      }
    >
      {counts.query.isError ? (
        <ErrorPanel
          title="The events could not be counted"
          detail={failureOf(counts.query.error).detail}
          requestId={failureOf(counts.query.error).requestId}
          onRetry={() => void counts.query.refetch()}
        />
      ) : gone ? (
        <p className="m-0 max-w-[72ch] text-muted">
          No event of this alarm is stored any more: its time lies before what retention keeps, or its import was removed. What the alarm
          itself keeps is above and stays.
        </p>
      ) : (
        <>
          {counts.query.isPending ? (
            <SkeletonRows rows={2} label="Counting the events" />
          ) : (
            <CountProgress counts={counts} noun={`${noun}s`} />
          )}
          <Facets found={found} counts={counts.counts} />
          <Newest filter={filter} />
        </>
      )}
    </Panel>
  )
}

function Facets({ found, counts }: { readonly found: Found; readonly counts: ReturnType<typeof useCounts>['counts'] }) {
  if (counts === null || counts.total === 0) return null
  const facets = counts.facets.filter(({ field, values }) => TITLES[field] !== undefined && values.length > 0)
  return (
    <dl className="m-0 my-4 grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-8 gap-y-4">
      {facets.map(({ field, values }) => (
        <div key={field} className="min-w-0">
          <dt className="eyebrow">{TITLES[field]}</dt>
          {values.slice(0, VALUES_SHOWN).map(({ value, count }) => (
            <dd
              key={value ?? NO_VALUE}
              className="m-0 flex items-baseline justify-between gap-3 border-line border-b py-0.5 text-sm last:border-b-0"
            >
              <InertText text={value ?? 'none'} limit={60} className="wrap-anywhere min-w-0" />
              <ValueLink found={found} field={field} value={value} count={count} />
            </dd>
          ))}
          {values.length > VALUES_SHOWN && <dd className="m-0 text-muted text-sm">{formatCount(values.length - VALUES_SHOWN)} more</dd>}
        </div>
      ))}
    </dl>
  )
}

/** A value that the record does not have can be searched for type and code only. */
function ValueLink(props: { readonly found: Found; readonly field: EventField; readonly value: string | null; readonly count: number }) {
  const { found, field, value, count } = props
  const asked = value ?? (field === 'type' || field === 'rcode' ? NO_VALUE : null)
  if (asked === null) return <span className="tabular text-muted">{formatCount(count)}</span>
  return (
    <EventsLink
      {...found}
      where={{ ...found.where, [field]: asked }}
      label={`Show the ${formatCount(count)} with ${field} ${value ?? NO_VALUE}`}
      className="tabular inline-flex min-h-6 items-center text-accent underline-offset-2 hover:underline"
    >
      {formatCount(count)}
    </EventsLink>
  )
}

function Newest({ filter }: { readonly filter: EventFilter }) {
  const query = useInfiniteQuery(eventRowsOptions(filter))
  const rows = query.data?.pages[0]?.rows ?? []
  if (query.isPending) return <SkeletonRows rows={ROWS_SHOWN} label="Reading the newest events" />
  if (query.isError)
    return (
      <ErrorPanel
        title="The newest events could not be read"
        detail={failureOf(query.error).detail}
        requestId={failureOf(query.error).requestId}
        onRetry={() => void query.refetch()}
      />
    )
  const lookups = rows.filter((row): row is LookupHit => row.kind === 'dns').slice(0, ROWS_SHOWN)
  const starts = rows.filter((row): row is ProcessHit => row.kind === 'process').slice(0, ROWS_SHOWN)
  return (
    <div className="min-w-0">
      {lookups.length > 0 ? <Answered rows={rows.filter((row): row is LookupHit => row.kind === 'dns')} /> : null}
      {lookups.length > 0 ? <LookupTable rows={lookups} /> : starts.length > 0 ? <ProcessTable rows={starts} /> : null}
    </div>
  )
}

/** What came back, most frequent first: an address to look for in other logs, or the other half of a tunnel. */
function Answered({ rows }: { readonly rows: readonly LookupHit[] }) {
  const counts = new Map<string, number>()
  for (const { answers } of rows) for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
  const top = [...counts].sort(([, a], [, b]) => b - a).slice(0, 3)
  if (top.length === 0) return <p className="m-0 mb-2 text-sm">The newest {formatCount(rows.length)} records hold no answer data.</p>
  return (
    <p className="wrap-anywhere m-0 mb-2 text-sm">
      The newest {formatCount(rows.length)} got {formatCount(counts.size)} different answers, most often{' '}
      {top.map(([answer, count], index) => (
        <span key={answer}>
          {index > 0 ? ', ' : ''}
          <InertText text={answer} limit={40} className="font-mono" /> ({formatCount(count)})
        </span>
      ))}
      .
    </p>
  )
}
