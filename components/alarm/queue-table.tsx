'use client'

import type { ChangeEvent, FocusEvent } from 'react'
import type { AlarmRow } from '@/lib/domain/alarm'
import { QueueRow } from './queue-row'
import { RowChunk } from './row-chunk'

const HEADINGS = ['Severity', 'Zone and why', 'Source and detector', 'Queries', 'Activity', 'Owner', 'Last seen'] as const

/** Rows of one chunk; as many as the server gives a page. */
const CHUNK = 50

interface QueueTableProps {
  readonly rows: readonly AlarmRow[]
  /** Alarms of the list, those that are not loaded yet too. */
  readonly total: number
  readonly activeId: string | null
  readonly gone: ReadonlySet<string>
  readonly isSelected: (alarmId: string) => boolean
  readonly onSelect: ((row: AlarmRow) => void) | null
  readonly showStatus: boolean
  readonly detectorTitle: (id: string) => string
  readonly onFocusRow: (alarmId: string) => void
}

const alarmIdOf = (target: EventTarget): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('tr[data-alarm]')?.dataset.alarm : undefined

/** The rows, one of which is in the tab order; the board moves it with j and k. */
export function QueueTable({ rows, total, activeId, gone, isSelected, onSelect, showStatus, detectorTitle, onFocusRow }: QueueTableProps) {
  const onFocus = ({ target }: FocusEvent) => {
    const alarmId = alarmIdOf(target)
    if (alarmId !== undefined) onFocusRow(alarmId)
  }
  const onTick = ({ target }: ChangeEvent<HTMLTableElement>) => {
    const alarmId = alarmIdOf(target)
    const row = rows.find(({ id }) => id === alarmId)
    if (row) onSelect?.(row)
  }
  const chunks = Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, chunk) => rows.slice(chunk * CHUNK, (chunk + 1) * CHUNK))
  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are walked and acted on by keyboard, which is what a grid is
      role="grid"
      aria-label="Alarms"
      aria-rowcount={Math.max(total, rows.length) + 1}
      aria-multiselectable="true"
      className="block w-full border-line border-t"
      // Here once, and not on every row, so that a row is drawn again for what it shows alone.
      onFocus={onFocus}
      onChange={onTick}
    >
      <thead className="hidden lg:block">
        <tr
          aria-rowindex={1}
          className="eyebrow grid grid-cols-[7.25rem_minmax(0,1fr)_9.5rem_6.5rem_6rem_5.5rem_5.5rem] gap-x-4 border-line border-b bg-sunken/60 px-3 py-1.5"
        >
          {HEADINGS.map((heading) => (
            <th
              key={heading}
              scope="col"
              className={`p-0 font-medium ${heading === 'Queries' || heading === 'Last seen' ? 'text-right' : 'text-left'}`}
            >
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      {chunks.map((chunk, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a chunk is a place in the list, not what stands there
        <RowChunk key={index} kept={chunk.some((row) => row.id === activeId)}>
          {chunk.map((row, place) => (
            <QueueRow
              key={row.id}
              row={row}
              rowIndex={index * CHUNK + place + 2}
              detectorTitle={detectorTitle(row.detector)}
              active={row.id === activeId}
              selected={isSelected(row.id)}
              selectable={onSelect !== null}
              gone={gone.has(row.id)}
              showStatus={showStatus}
            />
          ))}
        </RowChunk>
      ))}
    </table>
  )
}
