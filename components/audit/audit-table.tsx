import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { AuditLineView } from '@/lib/api/contracts/audit'

const CELL = 'border-line border-b px-3 py-2 align-top'

/** Lines newest first; on a phone each line is a block. */
export function AuditTable({ rows }: { readonly rows: readonly AuditLineView[] }) {
  return (
    <table className="w-full rounded-md border border-line bg-surface text-sm max-md:block">
      <caption className="sr-only">Changes, newest first</caption>
      <thead className="text-left text-faint text-xs max-md:sr-only [&_th]:h-8 [&_th]:border-line [&_th]:border-b [&_th]:px-3 [&_th]:font-medium">
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">Action</th>
          <th scope="col">About</th>
          <th scope="col">Detail</th>
        </tr>
      </thead>
      <tbody className="max-md:block [&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          <AuditRow key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function AuditRow({ row }: { readonly row: AuditLineView }) {
  return (
    <tr className="max-md:block max-md:border-line max-md:border-b max-md:px-3 max-md:py-2 max-md:last:border-b-0 max-md:[&>td]:block max-md:[&>td]:border-0 max-md:[&>td]:p-0">
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        <TimeText at={row.at} />
      </td>
      <td className={`${CELL} wrap-anywhere font-medium md:max-w-40`}>
        {row.byName === null ? 'Dowser' : <InertText text={row.byName} limit={60} />}
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <code>{row.action}</code>
      </td>
      <td className={`${CELL} wrap-anywhere md:max-w-56`}>
        <span className="text-muted">{row.entity}</span> <InertText text={row.entityId} limit={60} />
      </td>
      <td className={`${CELL} wrap-anywhere`}>{row.detail === null ? null : <InertText text={row.detail} limit={600} />}</td>
    </tr>
  )
}
