'use client'

import type { AlarmRow } from '@/lib/domain/alarm'
import { QueueRow } from './queue-row'

const HEADINGS = ['Severity', 'Zone and why', 'Source and detector', 'Queries', 'Activity', 'Owner', 'Last seen'] as const

interface QueueTableProps {
  readonly rows: readonly AlarmRow[]
  readonly activeId: string | null
  readonly gone: ReadonlySet<string>
  readonly isSelected: (alarmId: string) => boolean
  readonly onSelect: ((row: AlarmRow) => void) | null
  readonly showStatus: boolean
  readonly detectorTitle: (id: string) => string
  readonly onFocusRow: (alarmId: string) => void
}

/** The rows, one of which is in the tab order; the board moves it with j and k. */
export function QueueTable({ rows, activeId, gone, isSelected, onSelect, showStatus, detectorTitle, onFocusRow }: QueueTableProps) {
  return (
    <table
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are walked and acted on by keyboard, which is what a grid is
      role="grid"
      aria-label="Alarms"
      aria-rowcount={-1}
      aria-multiselectable="true"
      className="block w-full border-line border-t"
    >
      <thead className="hidden lg:block">
        <tr className="eyebrow grid grid-cols-[7.25rem_minmax(0,1fr)_9.5rem_6.5rem_6rem_5.5rem_5.5rem] gap-x-4 border-line border-b bg-sunken/60 px-3 py-1.5">
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
      <tbody className="block">
        {rows.map((row) => (
          <QueueRow
            key={row.id}
            row={row}
            detectorTitle={detectorTitle(row.detector)}
            active={row.id === activeId}
            selected={isSelected(row.id)}
            onSelect={onSelect}
            gone={gone.has(row.id)}
            showStatus={showStatus}
            onFocus={onFocusRow}
          />
        ))}
      </tbody>
    </table>
  )
}
