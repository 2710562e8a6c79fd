'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useMemo } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { type DataColumn, DataTable } from '@/components/data-table/data-table'
import { EventsLink } from '@/components/event/events-link'
import { Badge } from '@/components/ui/badge'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { TimeText } from '@/components/ui/time-text'
import type { AskingSourcesResponse } from '@/lib/api/contracts/alarms'
import type { Alarm } from '@/lib/domain/alarm'
import { askingSourcesOptions } from '@/lib/queries/alarms'
import { failureOf } from '@/lib/queries/failure'
import { domainHref, hostHref } from '@/lib/url/events-search-params'
import { Panel } from './panel'

interface SourceLine {
  readonly source: string
  readonly queries: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly openAlarms: number
  readonly share: number
  readonly first: boolean
  readonly own: boolean
}

function toLines(sources: AskingSourcesResponse['sources'], own: string | null): readonly SourceLine[] {
  const total = sources.reduce((sum, each) => sum + each.queries, 0)
  const earliest = Math.min(...sources.map((each) => each.firstSeenAt))
  return sources.map((each) => ({
    ...each,
    share: total === 0 ? 0 : each.queries / total,
    first: each.firstSeenAt === earliest,
    own: each.source === own,
  }))
}

const columnsOf = (zone: string | null, range: AskingSourcesResponse['range'] | undefined): readonly DataColumn<SourceLine>[] => [
  {
    id: 'source',
    header: 'Source',
    value: (row) => row.source,
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-1.5">
        <Link href={hostHref(row.source)} prefetch={false} className="text-ink hover:underline">
          <InertText text={row.source} className={row.own ? 'font-semibold' : ''} />
        </Link>
        <SourceName source={row.source} at={row.lastSeenAt} className="wrap-anywhere" />
        {row.own && <Badge>this alarm</Badge>}
        {row.first && <Badge tone="accent">first to ask</Badge>}
      </span>
    ),
  },
  {
    id: 'queries',
    header: 'Queries',
    value: (row) => row.queries,
    cell: (row) => (
      <EventsLink where={{ zone, source: row.source }} {...range} label={`Show the ${formatCount(row.queries)} queries of this source`}>
        {formatCount(row.queries)}
      </EventsLink>
    ),
    numeric: true,
  },
  { id: 'share', header: 'Share', value: (row) => row.share, cell: (row) => `${Math.round(row.share * 100)} %`, numeric: true },
  { id: 'first', header: 'First seen', value: (row) => row.firstSeenAt, cell: (row) => <TimeText at={row.firstSeenAt} /> },
  { id: 'last', header: 'Last seen', value: (row) => row.lastSeenAt, cell: (row) => <TimeText at={row.lastSeenAt} /> },
  {
    id: 'alarms',
    header: 'Open alarms',
    value: (row) => row.openAlarms,
    cell: (row) => (row.openAlarms === 0 ? 'none' : formatCount(row.openAlarms)),
    numeric: true,
  },
]

const NO_LOOKUPS =
  'This alarm comes from process starts, and no DNS log in store names the zone. Import the resolver’s log to see who else asked.'

/** Everyone who asked for the zone in 30 days: one machine, or an outbreak. */
export function SourcesPanel({ alarm }: { readonly alarm: Alarm }) {
  const query = useQuery({ ...askingSourcesOptions(alarm.id), enabled: alarm.zone !== null })
  const range = query.data?.range
  const columns = useMemo(() => columnsOf(alarm.zone, range), [alarm.zone, range])
  if (alarm.zone === null) return null
  const lines = toLines(query.data?.sources ?? [], alarm.source)
  return (
    <Panel
      id="sources"
      title="Who else asked"
      description={
        <>
          {query.data ? `${plural(lines.length, 'source')} asked for ` : 'Sources that asked for '}
          <Link href={domainHref(alarm.zone)} prefetch={false} className="text-ink hover:underline">
            <NameText name={alarm.zone} zone={alarm.zone} />
          </Link>{' '}
          in the last 30 days.
        </>
      }
    >
      {query.isError ? (
        <ErrorPanel
          title="The sources could not be read"
          detail={failureOf(query.error).detail}
          requestId={failureOf(query.error).requestId}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <DataTable
          label="Sources that asked for the zone"
          rows={lines}
          columns={columns}
          getRowId={(row) => row.source}
          initialSort={{ id: 'queries', desc: true }}
          loading={query.isPending}
          empty={
            alarm.evidence.processStarts.length > 0
              ? NO_LOOKUPS
              : 'The stored lookups of this zone are gone; what the alarm keeps is above.'
          }
          maxHeightClass="max-h-80"
        />
      )}
    </Panel>
  )
}
