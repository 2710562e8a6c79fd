'use client'
import Link from 'next/link'
import { useMemo } from 'react'
import { Panel } from '@/components/alarm/panel'
import { type DataColumn, DataTable } from '@/components/data-table/data-table'
import { EventsLink } from '@/components/event/events-link'
import { formatCount } from '@/components/ui/format'
import { NameText } from '@/components/ui/name-text'
import { TimeText } from '@/components/ui/time-text'
import type { HostResponse } from '@/lib/api/contracts/hosts'
import { domainHref } from '@/lib/url/events-search-params'

type RareZone = HostResponse['rare']['zones'][number]

const columnsOf = (id: string, searchBy: HostResponse['searchBy']): readonly DataColumn<RareZone>[] => [
  {
    id: 'zone',
    header: 'Domain',
    value: (row) => row.zone,
    cell: (row) => (
      <Link href={domainHref(row.zone)} prefetch={false} className="flex min-w-0 text-ink hover:underline">
        <NameText name={row.zone} zone={row.zone} />
      </Link>
    ),
    className: 'min-w-48',
  },
  {
    id: 'queries',
    header: 'Lookups',
    value: (row) => row.queries,
    cell: (row) => (
      <EventsLink where={{ zone: row.zone, [searchBy]: id }} label={`Show the ${formatCount(row.queries)} lookups`}>
        {formatCount(row.queries)}
      </EventsLink>
    ),
    numeric: true,
  },
  {
    id: 'others',
    header: 'Other sources',
    value: (row) => row.otherSources,
    cell: (row) => (row.otherSources === 0 ? 'only this' : formatCount(row.otherSources)),
    numeric: true,
  },
  { id: 'first', header: 'First seen', value: (row) => row.firstSeenAt, cell: (row) => <TimeText at={row.firstSeenAt} /> },
  { id: 'last', header: 'Last seen', value: (row) => row.lastSeenAt, cell: (row) => <TimeText at={row.lastSeenAt} /> },
]

/** Domains that nobody, or next to nobody, else asked for. */
export function RareZones({ id, searchBy, rare }: Pick<HostResponse, 'id' | 'searchBy' | 'rare'>) {
  const columns = useMemo(() => columnsOf(id, searchBy), [id, searchBy])
  return (
    <Panel
      id="rare"
      title="Asked for by next to nobody else"
      description={`Domains of the last 30 stored days with at most ${rare.maxOthers} other sources, most asked first.${rare.complete ? '' : ' Not everything was compared in the time there was: there may be more.'}`}
    >
      <DataTable
        label="Domains few others asked for"
        rows={rare.zones}
        columns={columns}
        getRowId={(row) => row.zone}
        initialSort={{ id: 'queries', desc: true }}
        empty="None: what it asks for, others ask for too."
        maxHeightClass="max-h-96"
      />
    </Panel>
  )
}
