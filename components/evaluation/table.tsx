import type { ReactNode } from 'react'
import { cx } from '@/components/ui/cx'

export interface Column {
  readonly title: string
  /** Numbers stand at the right. */
  readonly isNumber?: boolean
  /** Left out on narrow pages, where the rest tells the story. */
  readonly isDetail?: boolean
}

export interface Row {
  readonly key: string
  readonly cells: readonly ReactNode[]
  /** The row the others are compared with. */
  readonly isOwn?: boolean
}

/** A table of figures whose first column names the row. */
export function FigureTable({
  caption,
  columns,
  rows,
}: {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}) {
  const place = ({ isNumber, isDetail }: Column): string => cx(isNumber ? 'text-right' : 'text-left', isDetail && 'hidden md:table-cell')
  return (
    <div className="rounded-md border border-line bg-surface">
      <table className="w-full text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={cx(
                  'border-line border-b px-2 py-1.5 align-bottom font-medium text-faint text-xs first:pl-3 last:pr-3',
                  place(column),
                )}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, isOwn }) => (
            <tr key={key} className={cx('border-line border-b last:border-b-0', isOwn && 'bg-sunken/60 font-semibold')}>
              {columns.map((column, index) => {
                const look = cx('px-2 py-2 align-top first:pl-3 last:pr-3', column.isNumber && 'tabular whitespace-nowrap', place(column))
                return index === 0 ? (
                  <th key={column.title} scope="row" className={cx(look, 'min-w-0 break-words font-normal', isOwn && 'font-semibold')}>
                    {cells[index]}
                  </th>
                ) : (
                  <td key={column.title} className={look}>
                    {cells[index]}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
