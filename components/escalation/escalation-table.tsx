import type { Route } from 'next'
import Link from 'next/link'
import { LookersMark } from '@/components/shell/lookers'
import { cx } from '@/components/ui/cx'
import { formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { EscalationRow } from '@/lib/domain/escalation'
import { EscalationStatusBadge } from './status-badge'

const CELL = 'border-line border-b px-3 py-2 align-top'
const NUMBER = `${CELL} tabular text-right max-md:text-left`

export const escalationHref = (id: string): Route => `/escalations/${encodeURIComponent(id)}` as Route
export const escalationRowId = (id: string): string => `escalation-${id}`

/** Newest first; on a phone each escalation is a block. */
export function EscalationTable({ rows, activeId }: { readonly rows: readonly EscalationRow[]; readonly activeId: string | null }) {
  return (
    <table className="w-full rounded-md border border-line bg-surface text-sm max-md:block">
      <caption className="sr-only">Escalations, newest first</caption>
      <thead className="text-left text-faint text-xs max-md:sr-only [&_th]:h-8 [&_th]:border-line [&_th]:border-b [&_th]:px-3 [&_th]:font-medium">
        <tr>
          <th scope="col">Escalation</th>
          <th scope="col">Worst</th>
          <th scope="col">Status</th>
          <th scope="col">Owner</th>
          <th scope="col" className="text-right">
            Alarms
          </th>
          <th scope="col" className="text-right">
            Hosts
          </th>
          <th scope="col" className="text-right">
            Open steps
          </th>
          <th scope="col">Opened</th>
        </tr>
      </thead>
      <tbody className="max-md:block [&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          <Row key={row.id} row={row} active={row.id === activeId} />
        ))}
      </tbody>
    </table>
  )
}

const Word = ({ children }: { readonly children: string }) => <span className="text-faint md:hidden"> {children}</span>

function Row({ row, active }: { readonly row: EscalationRow; readonly active: boolean }) {
  return (
    <tr
      id={escalationRowId(row.id)}
      className={cx(
        'max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:border-line max-md:border-b max-md:px-3 max-md:py-2.5 max-md:last:border-b-0 max-md:[&>td]:border-0 max-md:[&>td]:p-0',
        active ? 'bg-selected' : 'hover:bg-hover',
      )}
    >
      <td className={`${CELL} max-md:basis-full`}>
        <Link href={escalationHref(row.id)} className="inline-block min-h-6 font-medium text-ink">
          <span className="tabular text-accent">{row.id}</span> <InertText text={row.title} limit={120} className="wrap-anywhere" />
        </Link>
      </td>
      <td className={CELL}>{row.worstSeverity === null ? null : <SeverityBadge severity={row.worstSeverity} />}</td>
      <td className={CELL}>
        <EscalationStatusBadge status={row.status} /> <LookersMark subject={`escalation:${row.id}`} />
      </td>
      <td className={`${CELL} wrap-anywhere md:max-w-40`}>
        {row.owner === null ? <span className="text-faint">Nobody</span> : <InertText text={row.owner.name} limit={60} />}
      </td>
      <td className={NUMBER}>
        {formatCount(row.alarms)}
        <Word>{row.alarms === 1 ? 'alarm' : 'alarms'}</Word>
      </td>
      <td className={NUMBER}>
        {formatCount(row.hosts)}
        <Word>{row.hosts === 1 ? 'host' : 'hosts'}</Word>
      </td>
      <td className={NUMBER}>
        {formatCount(row.openTasks)} <span className="text-faint">of {formatCount(row.tasks)}</span>
        <Word>steps open</Word>
      </td>
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        <TimeText at={row.createdAt} relative />
      </td>
    </tr>
  )
}
