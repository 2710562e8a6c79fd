'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { type ReactNode, useId, useState } from 'react'
import { inertText } from '@/components/ui/inert-text'

export interface TwinColumn {
  readonly header: string
  readonly numeric?: boolean
}

export interface ChartTwin {
  readonly columns: readonly TwinColumn[]
  /** Cells in column order, already formatted; the first one heads its row. */
  readonly rows: readonly (readonly string[])[]
  /** Where the head of each row leads, in the order of the rows; null: nowhere. */
  readonly hrefs?: readonly (Route | null)[]
}

export interface SeriesKey {
  readonly label: string
  readonly color: string
  readonly dashed?: boolean
}

interface ChartFigureProps {
  readonly title: string
  /** What the picture says, in one sentence with numbers. */
  readonly summary: string
  readonly legend?: readonly SeriesKey[]
  readonly twin: ChartTwin
  readonly children: ReactNode
}

/** A chart with its name, what it says in one sentence, and the same numbers as a table. */
export function ChartFigure({ title, summary, legend = [], twin, children }: ChartFigureProps) {
  const [asTable, setAsTable] = useState(false)
  const titleId = useId()
  const summaryId = useId()
  return (
    <figure aria-labelledby={titleId} aria-describedby={summaryId} className="m-0 flex min-w-0 flex-col">
      <figcaption className="mb-2 flex flex-wrap items-start gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1">
          <h3 id={titleId} className="font-medium text-base">
            {title}
          </h3>
          <p id={summaryId} className="text-muted text-sm">
            {summary}
          </p>
        </div>
        <button
          type="button"
          aria-pressed={asTable}
          data-print="hide"
          onClick={() => setAsTable((shown) => !shown)}
          className="tap min-h-6 shrink-0 rounded-sm px-1.5 text-accent text-xs hover:bg-hover"
        >
          {asTable ? 'Show as chart' : 'Show as table'}
        </button>
      </figcaption>
      {asTable ? <TwinTable twin={twin} title={title} /> : <div className="mt-auto h-44 shrink-0">{children}</div>}
      {legend.length > 1 && !asTable && <Legend series={legend} />}
    </figure>
  )
}

function Legend({ series }: { series: readonly SeriesKey[] }) {
  return (
    <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
      {series.map(({ label, color, dashed }) => (
        <li key={label} className="inert flex items-center gap-1.5">
          <svg width="14" height="10" aria-hidden="true">
            {dashed ? (
              <path d="M0 5h14" stroke={color} strokeWidth="2" strokeDasharray="4 3" />
            ) : (
              <rect width="14" height="10" rx="2" fill={color} />
            )}
          </svg>
          <span className="font-sans">{inertText(label)}</span>
        </li>
      ))}
    </ul>
  )
}

function TwinTable({ twin, title }: { twin: ChartTwin; title: string }) {
  return (
    <section
      className="max-h-72 overflow-auto rounded-md border border-line"
      aria-label={`${title}, as a table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable to be scrolled by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-sunken text-left text-muted text-xs">
          <tr>
            {twin.columns.map((column) => (
              <th key={column.header} scope="col" className={`px-2 py-1.5 font-medium ${column.numeric ? 'text-right' : ''}`}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {twin.rows.map((row, place) => (
            <tr key={row[0]} className="border-line border-t">
              {row.map((cell, index) => {
                const column = twin.columns[index]
                const className = `border-line border-t px-2 py-1 ${column?.numeric ? 'tabular text-right' : ''}`
                return index === 0 ? (
                  <th key={column?.header} scope="row" className={`${className} whitespace-nowrap text-left font-normal`}>
                    <RowHead text={inertText(cell)} href={twin.hrefs?.[place] ?? null} />
                  </th>
                ) : (
                  <td key={column?.header} className={className}>
                    {inertText(cell)}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RowHead({ text, href }: { readonly text: string; readonly href: Route | null }) {
  return href === null ? (
    text
  ) : (
    <Link href={href} prefetch={false} className="text-accent underline-offset-2 hover:underline">
      {text}
    </Link>
  )
}
