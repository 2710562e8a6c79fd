'use client'

import Link from 'next/link'
import { memo } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { Sparkline } from '@/components/chart/sparkline'
import { LookersMark } from '@/components/shell/lookers'
import { Badge } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import { formatCompact, formatCount, plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { AlarmRow } from '@/lib/domain/alarm'
import { outcomeLabel } from './outcomes'

export interface QueueRowProps {
  readonly row: AlarmRow
  /** Its place in the whole table, the heading being 1. */
  readonly rowIndex: number
  readonly detectorTitle: string
  readonly active: boolean
  /** Picked for a decision on many. */
  readonly selected: boolean
  /** Decided or hidden by someone else since the list was loaded. */
  readonly gone: boolean
  readonly showStatus: boolean
  /** False for a role that may not decide. */
  readonly selectable: boolean
}

export const rowId = (alarmId: string) => `row-${alarmId}`

/**
 * One alarm: where, why, who, how much. A table row on wide screens, a card on a phone. The table listens for its focus and its
 * tick. A row that only moves, because one above it went, draws no cell again.
 */
export const QueueRow = memo(function QueueRow({ rowIndex, active, ...cells }: QueueRowProps) {
  const { row, selected, gone } = cells
  return (
    <tr
      id={rowId(row.id)}
      data-alarm={row.id}
      tabIndex={active ? 0 : -1}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      data-active={active || undefined}
      className={cx(
        'group relative grid cursor-pointer grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1 border-line border-b px-3 py-2 outline-offset-[-2px] [contain-intrinsic-size:auto_var(--queue-row)] [content-visibility:auto] relaxed:py-3',
        'lg:grid-cols-[7.25rem_minmax(0,1fr)_9.5rem_6.5rem_6rem_5.5rem_5.5rem] lg:gap-x-4 compact:lg:min-h-7 compact:lg:items-center compact:lg:py-0',
        active || selected ? 'bg-selected' : 'hover:bg-hover',
        active && 'shadow-[inset_3px_0_0_var(--color-accent)]',
        gone && 'opacity-60',
      )}
    >
      <Cells {...cells} />
    </tr>
  )
})

const Cells = memo(function Cells({
  row,
  detectorTitle,
  selected,
  gone,
  showStatus,
  selectable,
}: Omit<QueueRowProps, 'rowIndex' | 'active'>) {
  return (
    <>
      <td className="flex items-center gap-2 p-0">
        {selectable && (
          // The link over the whole row lies below it.
          <label className="relative z-1 -my-1 -ml-1 flex size-6 cursor-pointer items-center justify-center">
            <input
              type="checkbox"
              tabIndex={-1}
              checked={selected}
              readOnly
              aria-label={`Select ${row.id}`}
              className="size-4 accent-[var(--color-accent-fill)]"
            />
          </label>
        )}
        <SeverityBadge severity={row.severity} />
      </td>
      <td className="min-w-0 p-0 max-lg:contents compact:lg:flex compact:lg:items-center compact:lg:gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-0.5 compact:lg:max-w-[60%] compact:lg:shrink-0 compact:lg:flex-nowrap compact:lg:overflow-hidden">
          <Link
            href={`/alarms/${row.id}`}
            tabIndex={-1}
            prefetch={false}
            aria-label={`${row.zone ?? row.hostName ?? row.id}, open ${row.id}`}
            className="min-w-0 text-ink no-underline after:absolute after:inset-0 after:content-['']"
          >
            {row.zone ? (
              <NameText name={row.zone} zone={row.zone} />
            ) : (
              <InertText text={row.hostName ?? row.source ?? row.id} className="font-semibold" />
            )}
          </Link>
          {row.tool && <Badge tone="accent">{row.tool.name}</Badge>}
          {row.noteCount > 0 && (
            <Badge>
              <Icon name="note" size={12} />
              <span className="sr-only">{plural(row.noteCount, 'note')}</span>
              <span aria-hidden="true">{row.noteCount}</span>
            </Badge>
          )}
          {row.demo && <Badge>demo</Badge>}
          {row.owner && (
            <Badge className="lg:hidden">
              <span className="sr-only">owner </span>
              <InertText text={row.owner.name} />
            </Badge>
          )}
          <LookersMark subject={`alarm:${row.id}`} />
          <StatusMark row={row} gone={gone} showStatus={showStatus} />
        </div>
        <p
          className="col-span-3 row-start-2 m-0 line-clamp-3 text-muted text-sm lg:line-clamp-2 compact:lg:line-clamp-1 compact:lg:min-w-0 compact:lg:flex-1"
          title={row.summary}
        >
          <InertText text={row.summary} />
        </p>
      </td>
      <td className="col-span-3 row-start-3 min-w-0 p-0 text-sm lg:col-span-1 lg:col-start-auto lg:row-start-auto">
        <div className="flex min-w-0 gap-x-2 lg:block">
          <span className="block truncate">
            <InertText text={row.hostName ?? row.source ?? 'every source'} />{' '}
            <SourceName source={row.hostName ?? row.source} at={row.lastSeenAt} />
          </span>
          <span className="block truncate text-muted text-xs leading-5 compact:lg:hidden">{detectorTitle}</span>
        </div>
      </td>
      <td
        className="tabular col-span-2 row-start-4 p-0 text-sm lg:col-span-1 lg:row-start-auto lg:text-right"
        title={`${formatCount(row.queries)} queries`}
      >
        <span className="lg:block">{formatCompact(row.queries)} queries</span>{' '}
        <span className="text-muted text-xs leading-5 lg:block compact:lg:hidden">{formatCompact(row.distinctNames)} distinct</span>
      </td>
      <td className="col-start-3 row-start-4 p-0 lg:col-start-auto lg:row-start-auto">
        <Sparkline values={row.sparkline} className="h-[22px] w-20 lg:mt-2.5 lg:w-24 compact:lg:mt-0 compact:lg:h-[18px]" />
      </td>
      <td className="hidden min-w-0 p-0 text-sm lg:block">
        {row.owner ? <InertText text={row.owner.name} className="block truncate" /> : <span className="text-faint">nobody</span>}
      </td>
      <td className="col-start-3 row-start-1 whitespace-nowrap p-0 text-right text-sm lg:col-start-auto lg:row-start-auto">
        <TimeText at={row.lastSeenAt} relative />
        <span className="hidden text-muted text-xs leading-5 lg:block compact:lg:hidden">
          {row.recurrences > 0 ? `${plural(row.recurrences, 'return')}` : ''}
        </span>
      </td>
    </>
  )
})

function StatusMark({ row, gone, showStatus }: Pick<QueueRowProps, 'row' | 'gone' | 'showStatus'>) {
  if (gone) return <Badge tone="warn">decided elsewhere</Badge>
  if (!showStatus || row.status === 'open') return null
  if (row.status === 'closed' && row.decision) return <Badge>{outcomeLabel(row.decision.reason, row.decision.family)}</Badge>
  return <Badge>{row.status}</Badge>
}
