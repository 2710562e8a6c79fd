'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { Panel } from '@/components/alarm/panel'
import { SourceName } from '@/components/asset/source-name'
import { type DataColumn, DataTable } from '@/components/data-table/data-table'
import { EventsLink } from '@/components/event/events-link'
import { Badge } from '@/components/ui/badge'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { DomainResponse } from '@/lib/api/contracts/domains'
import { hostHref } from '@/lib/url/events-search-params'

type Host = DomainResponse['hosts'][number]

const columnsOf = (zone: string): readonly DataColumn<Host>[] => [
  {
    id: 'source',
    header: 'Source',
    value: (row) => row.source,
    cell: (row) => (
      <span className="flex flex-wrap items-center gap-1.5">
        <Link href={hostHref(row.source)} prefetch={false} className="text-ink hover:underline">
          <InertText text={row.source} limit={80} />
        </Link>
        <SourceName source={row.source} at={row.lastSeenAt} className="wrap-anywhere" />
        {row.first && <Badge tone="accent">first to ask</Badge>}
      </span>
    ),
  },
  {
    id: 'queries',
    header: 'Lookups',
    value: (row) => row.queries,
    cell: (row) => (
      <EventsLink where={{ zone, source: row.source }} label={`Show the ${formatCount(row.queries)} lookups`}>
        {formatCount(row.queries)}
      </EventsLink>
    ),
    numeric: true,
  },
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

interface DomainHostsProps {
  readonly zone: string
  readonly hosts: readonly Host[]
  /** Sources in all, also those beyond the list. */
  readonly total: number
}

/** Everyone who asked for the domain in all that is stored. */
export function DomainHosts({ zone, hosts, total }: DomainHostsProps) {
  const columns = useMemo(() => columnsOf(zone), [zone])
  return (
    <Panel
      id="hosts"
      title="Who asked"
      description={
        total > hosts.length ? `The ${formatCount(hosts.length)} that asked most, of ${formatCount(total)}.` : plural(total, 'source')
      }
    >
      <DataTable
        label="Sources that asked for the domain"
        rows={hosts}
        columns={columns}
        getRowId={(row) => row.source}
        initialSort={{ id: 'queries', desc: true }}
        empty="None."
        maxHeightClass="max-h-96"
      />
    </Panel>
  )
}
