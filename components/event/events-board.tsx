'use client'
import { useQueryStates } from 'nuqs'
import { buttonClass } from '@/components/ui/button-class'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Tabs } from '@/components/ui/tabs'
import { type EventKind, formatEventSearch, LOOKUP_ONLY, parseEventSearch, withTerm } from '@/lib/domain/event-search'
import { eventExportHref } from '@/lib/queries/events'
import { failureOf } from '@/lib/queries/failure'
import { type EventFilter, eventsSearchParams, toEventFilter } from '@/lib/url/events-search-params'
import { CountProgress } from './count-progress'
import { CountsChart } from './counts-chart'
import { EventRows } from './event-rows'
import { FacetList } from './facet-list'
import { SearchBox } from './search-box'
import { TimeSpan } from './time-span'
import { useCounts } from './use-counts'

const NOUN: Readonly<Record<EventKind, string>> = { lookups: 'lookups', processes: 'process starts' }

/** The stored history: search, counts over time, most frequent values, rows. */
export function EventsBoard() {
  const [params, setParams] = useQueryStates(eventsSearchParams, { history: 'push' })
  const filter = toEventFilter(params)
  const { terms, problems } = parseEventSearch(filter.q)
  const isBackwards = filter.from !== undefined && filter.to !== undefined && filter.from >= filter.to
  return (
    <>
      <PageHeader
        title="Events"
        description="Every DNS lookup and process start that is stored, newest first."
        actions={
          <a href={eventExportHref(filter)} download className={buttonClass()} title="At most the newest 100,000 rows">
            <Icon name="download" />
            CSV, up to 100,000 rows
          </a>
        }
      />
      <div className="mb-4 flex flex-col gap-3">
        <SearchBox q={filter.q} onSearch={(q) => void setParams({ q })} />
        <TimeSpan from={params.from} to={params.to} onChange={(range) => void setParams(range)} />
      </div>
      <Tabs<EventKind>
        label="What is searched"
        value={params.kind}
        onValueChange={(kind) => void setParams({ kind })}
        tabs={[
          { value: 'lookups', label: 'Lookups' },
          { value: 'processes', label: 'Process starts' },
        ]}
      />
      <div className="pt-4">
        {problems.length > 0 || isBackwards ? (
          <Notice tone="warn">
            {isBackwards ? 'The end of the time must lie after its start.' : 'The search could not be read; see the search box.'}
          </Notice>
        ) : (
          <Found
            filter={filter}
            leftOut={params.kind === 'processes' && terms.some(({ field }) => LOOKUP_ONLY.has(field))}
            onPick={(field, value) => void setParams({ q: formatEventSearch(withTerm(terms, field, value)) })}
          />
        )}
      </div>
    </>
  )
}

interface FoundProps {
  readonly filter: EventFilter
  /** The search holds conditions that process starts do not have. */
  readonly leftOut: boolean
  readonly onPick: Parameters<typeof FacetList>[0]['onPick']
}

function Found({ filter, leftOut, onPick }: FoundProps) {
  const counts = useCounts(filter)
  const noun = NOUN[filter.kind]
  return (
    <div className="flex flex-col gap-6">
      {leftOut ? <Notice>Process starts have no record type and no answer: these conditions are left out here.</Notice> : null}
      <section aria-label="Counts" className="flex flex-col gap-4">
        {counts.query.isPending ? <SkeletonRows rows={6} label={`Counting the ${noun}`} /> : <CountProgress counts={counts} noun={noun} />}
        {counts.query.isError ? (
          <ErrorPanel
            title="The events could not be counted"
            detail={failureOf(counts.query.error).detail}
            requestId={failureOf(counts.query.error).requestId}
            onRetry={() => void counts.query.refetch()}
          />
        ) : null}
        <CountsChart counts={counts} noun={noun} title={filter.kind === 'lookups' ? 'Lookups by type' : 'Process starts by program'} />
        {counts.counts === null || counts.counts.total === 0 ? null : (
          <FacetList facets={counts.counts.facets} total={counts.counts.total} onPick={onPick} />
        )}
      </section>
      <EventRows filter={filter} />
    </div>
  )
}
