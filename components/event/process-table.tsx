import Link from 'next/link'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { ProcessHit } from '@/lib/api/contracts/event-search'
import { hostHref } from '@/lib/url/events-search-params'
import { CELL, HEAD, ROW, TABLE } from './table-class'

/** Process starts newest first; on a phone each is a block. */
export function ProcessTable({ rows }: { readonly rows: readonly ProcessHit[] }) {
  return (
    <table className={TABLE}>
      <caption className="sr-only">Process starts, newest first</caption>
      <thead className={HEAD}>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Host</th>
          <th scope="col">User</th>
          <th scope="col">Process</th>
          <th scope="col">Command line</th>
        </tr>
      </thead>
      <tbody className="max-md:block [&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          <ProcessStart key={`${row.at}.${row.id}`} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function ProcessStart({ row }: { readonly row: ProcessHit }) {
  const host = row.hostName ?? row.hostId
  return (
    <tr className={ROW}>
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        <TimeText at={row.at} precision="ms" />
      </td>
      <td className={`${CELL} wrap-anywhere`}>
        {host === null ? (
          <span className="text-muted">unknown</span>
        ) : (
          <Link href={hostHref(host)} prefetch={false} className="text-ink hover:underline">
            <InertText text={host} limit={60} />
          </Link>
        )}
      </td>
      <td className={`${CELL} wrap-anywhere`}>{row.userName === null ? null : <InertText text={row.userName} limit={60} />}</td>
      <td className={`${CELL} wrap-anywhere`}>
        <InertText text={row.processName ?? 'unknown'} limit={80} />
        {row.parentName === null ? null : (
          <span className="block text-muted text-xs">
            started by <InertText text={row.parentName} limit={80} />
          </span>
        )}
      </td>
      <td className={`${CELL} wrap-anywhere font-mono text-xs`}>
        {row.commandLine === null ? null : <InertText text={row.commandLine} limit={400} />}
      </td>
    </tr>
  )
}
