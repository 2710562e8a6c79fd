'use client'

import {
  type ColumnDef,
  createSortedRowModel,
  type Row,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { SkeletonRows } from './skeleton-rows'

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() })
type Features = typeof features

export type CellValue = string | number | boolean | null

export interface DataColumn<RowData> {
  readonly id: string
  readonly header: string
  /** What the column is sorted by; nulls come last. */
  readonly value: (row: RowData) => CellValue
  readonly cell: (row: RowData) => ReactNode
  readonly numeric?: boolean
  readonly sortable?: boolean
  /** Class of the column's cells, for widths. */
  readonly className?: string
}

interface DataTableProps<RowData> {
  /** Names the table. */
  readonly label: string
  readonly rows: readonly RowData[]
  readonly columns: readonly DataColumn<RowData>[]
  readonly getRowId: (row: RowData) => string
  readonly initialSort?: { readonly id: string; readonly desc: boolean }
  /** Rows of the final height are drawn while it is true. */
  readonly loading?: boolean
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode
  /** Makes rows focusable: Enter or a click calls it, arrows move. */
  readonly onActivate?: (row: RowData) => void
  /** Of this table alone; left out, the person's own choice. */
  readonly density?: 'compact' | 'comfortable' | 'relaxed'
  /** Tailwind class that bounds the height; the header then sticks to the frame. */
  readonly maxHeightClass?: string
}

const NO_ROWS: never[] = []

function compareValues(a: CellValue, b: CellValue): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true })
}

const byValue =
  <RowData extends object>(value: (row: RowData) => CellValue) =>
  (a: Row<Features, RowData>, b: Row<Features, RowData>): number =>
    compareValues(value(a.original), value(b.original))

const toColumnDefs = <RowData extends object>(columns: readonly DataColumn<RowData>[]): ColumnDef<Features, RowData>[] =>
  columns.map(({ id, header, value, cell, sortable = true, numeric = false }) => ({
    id,
    header,
    // undefined, because the table sorts undefined last in both directions.
    accessorFn: (row: RowData) => value(row) ?? undefined,
    cell: ({ row }) => cell(row.original),
    enableSorting: sortable,
    sortDescFirst: numeric,
    sortUndefined: 'last',
    sortFn: byValue(value),
  }))

/** A real table: sticky header, sortable columns, rows that the keyboard reaches. */
export function DataTable<RowData extends object>(props: DataTableProps<RowData>) {
  const { label, rows, columns, getRowId, initialSort, loading = false, empty, onActivate, density, maxHeightClass } = props
  const [sorting, setSorting] = useState<SortingState>(() => (initialSort ? [{ ...initialSort }] : []))
  const columnDefs = useMemo(() => toColumnDefs(columns), [columns])
  const data = useMemo(() => (rows.length === 0 ? NO_ROWS : [...rows]), [rows])
  const table = useTable({ features, columns: columnDefs, data, getRowId, state: { sorting }, onSortingChange: setSorting })
  const styleOf = new Map(columns.map((column) => [column.id, `${column.numeric ? 'tabular text-right' : ''} ${column.className ?? ''}`]))
  const bodyRows = table.getRowModel().rows

  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable to be scrolled by keyboard (WCAG 2.1.1)
      tabIndex={0}
      data-density={density}
      className={`overflow-auto rounded-md border border-line ${maxHeightClass ?? ''}`}
    >
      <table className="w-full text-(length:--row-text)" aria-busy={loading || undefined}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorted = header.column.getIsSorted()
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined}
                    className={`sticky top-0 z-1 h-8 whitespace-nowrap border-line border-b bg-sunken px-2 text-left font-medium text-muted text-xs ${styleOf.get(header.column.id) ?? ''}`}
                  >
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        onClick={header.column.getToggleSortingHandler()}
                        className="inline-flex min-h-6 items-center gap-0.5 rounded-xs hover:text-ink"
                      >
                        <table.FlexRender header={header} />
                        <span className={sorted ? '' : 'opacity-35'}>
                          {sorted ? <span aria-hidden="true">{sorted === 'asc' ? '↑' : '↓'}</span> : <Icon name="up-down" size={12} />}
                        </span>
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </th>
                )
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {loading ? (
            <SkeletonRows columns={columns.length} />
          ) : bodyRows.length === 0 ? (
            <tr>
              <td colSpan={columns.length} className="px-3 py-6 text-center text-muted text-sm">
                {empty ?? 'Nothing to show.'}
              </td>
            </tr>
          ) : (
            bodyRows.map((row) => (
              <tr key={row.id} className="hover:bg-hover" {...(onActivate ? activation(() => onActivate(row.original)) : {})}>
                {row.getAllCells().map((cell) => (
                  <td key={cell.id} className={`h-(--row) border-line border-b px-2 py-1 align-top ${styleOf.get(cell.column.id) ?? ''}`}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </tr>
            ))
          )}
        </tbody>
      </table>
    </section>
  )
}

function activation(activate: () => void) {
  return {
    tabIndex: 0,
    onClick: activate,
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (event.target !== event.currentTarget) return
      const row = event.currentTarget
      const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key]
      if (event.key === 'Enter') activate()
      else if (next instanceof HTMLElement) next.focus()
      else return
      event.preventDefault()
    },
  }
}
