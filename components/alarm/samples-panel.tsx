'use client'

import { useMemo } from 'react'
import { type DataColumn, DataTable } from '@/components/data-table/data-table'
import { EventsLink } from '@/components/event/events-link'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount, plural } from '@/components/ui/format'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import { eventsOf } from '@/lib/domain/alarm-events'
import type { NameSample } from '@/lib/domain/evidence'
import { downloadText, toCsv } from './csv'
import { defang } from './defang'
import { EncodedName } from './encoded-name'
import { Panel } from './panel'

const fixed = (value: number) => value.toFixed(2)

/** Oddest first: unreadable before readable, then bits of surprise of the whole name. */
export const oddness = (sample: NameSample): number => (sample.unreadable ? 1_000 : 0) + (sample.readabilityBits ?? 0) * sample.length

const columnsFor = (zone: string | null): readonly DataColumn<NameSample>[] => [
  {
    id: 'name',
    header: 'Name asked for',
    value: (row) => row.name,
    cell: (row) => <EncodedName name={row.name} zone={zone} clamp />,
    className: 'min-w-80 w-full',
  },
  {
    id: 'oddness',
    header: 'Readability',
    value: oddness,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.readabilityBits === null ? 'too short' : fixed(row.readabilityBits)}
        <span className="block text-muted text-xs">{row.unreadable ? 'unreadable' : 'readable'}</span>
      </span>
    ),
    numeric: true,
  },
  { id: 'entropy', header: 'Entropy', value: (row) => row.entropyBits, cell: (row) => fixed(row.entropyBits), numeric: true },
  { id: 'length', header: 'Length', value: (row) => row.length, cell: (row) => formatCount(row.length), numeric: true },
  {
    id: 'type',
    header: 'Type, answer',
    value: (row) => row.qtype,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.qtype ?? 'unknown'}
        <span className="block text-muted text-xs">{row.rcode ?? 'no answer'}</span>
      </span>
    ),
  },
  {
    id: 'first',
    header: 'First seen',
    value: (row) => row.firstAt,
    cell: (row) => <TimeText at={row.firstAt} className="tabular whitespace-nowrap" />,
  },
]

const csvOf = (samples: readonly NameSample[]) =>
  toCsv(
    ['name', 'type', 'answer', 'first_seen_utc', 'length', 'entropy_bits_per_char', 'readability_bits_per_char', 'unreadable'],
    samples.map((row) => [
      row.name,
      row.qtype,
      row.rcode,
      new Date(row.firstAt).toISOString(),
      row.length,
      row.entropyBits,
      row.readabilityBits,
      String(row.unreadable),
    ]),
  )

/** The names themselves: what an analyst believes before any score. */
export function SamplesPanel({ alarm }: { readonly alarm: Alarm }) {
  const { samples } = alarm.evidence
  const { link, count, noun } = eventsOf(alarm)
  const columns = useMemo(() => columnsFor(alarm.zone), [alarm.zone])
  return (
    <Panel
      id="names"
      title="Names asked for"
      description={`${formatCount(samples.length)} of ${formatCount(alarm.distinctNames)} distinct names, kept with the alarm, oddest first. Marked: the part that can carry data. Readability and entropy in bits per character.`}
      actions={
        samples.length > 0 && (
          <>
            {link === null ? null : (
              <EventsLink {...link} className={buttonClass('secondary', 'sm')}>
                {`Show all ${plural(count, noun)}`}
              </EventsLink>
            )}
            <CopyButton showLabel label="Copy defanged" text={samples.map((sample) => defang(sample.name)).join('\n')} />
            <Button
              size="sm"
              icon="download"
              onClick={() => downloadText(`${alarm.id}-names.csv`, 'text/csv;charset=utf-8', csvOf(samples))}
            >
              CSV
            </Button>
          </>
        )
      }
    >
      <DataTable
        label="Names asked for"
        rows={samples}
        columns={columns}
        getRowId={(row) => `${row.name} ${row.qtype}`}
        initialSort={{ id: 'oddness', desc: true }}
        empty="This detector keeps no names."
        maxHeightClass="max-h-96"
      />
    </Panel>
  )
}
