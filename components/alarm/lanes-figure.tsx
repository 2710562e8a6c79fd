'use client'

import type { Route } from 'next'
import Link from 'next/link'
import { useId, useState } from 'react'
import { useClock } from '@/components/ui/clock'
import { cx } from '@/components/ui/cx'
import { InertText, inertText } from '@/components/ui/inert-text'
import { formatInstant } from '@/components/ui/time-format'
import { TimeText } from '@/components/ui/time-text'
import { type Lane, type LaneItem, packed } from './lanes'

const MAX_ROWS = 4
/** Share of the strip's width that a short item takes, so that it can be seen and pressed. */
const LEAST = 0.008
const ALARM_ROW_PX = 12

interface LanesFigureProps {
  readonly lanes: readonly Lane[]
  readonly fromMs: number
  readonly toMs: number
}

/** Lanes over one time axis, and the same as a list with the same links; the list is what keyboard and screen reader use. */
export function LanesFigure({ lanes, fromMs, toMs }: LanesFigureProps) {
  const [asList, setAsList] = useState(false)
  const titleId = useId()
  return (
    <figure aria-labelledby={titleId} className="m-0 mb-5 min-w-0">
      <figcaption className="mb-2 flex flex-wrap items-start gap-x-3 gap-y-1">
        <h3 id={titleId} className="min-w-0 flex-1 font-medium text-base">
          What happened when
        </h3>
        <button
          type="button"
          aria-pressed={asList}
          data-print="hide"
          onClick={() => setAsList((shown) => !shown)}
          className="tap min-h-6 shrink-0 rounded-sm px-1.5 text-accent text-xs hover:bg-hover"
        >
          {asList ? 'Show as lanes' : 'Show as list'}
        </button>
      </figcaption>
      {asList ? <LaneList lanes={lanes} /> : <Strips lanes={lanes} fromMs={fromMs} toMs={toMs} />}
    </figure>
  )
}

function Strips({ lanes, fromMs, toMs }: LanesFigureProps) {
  const { timeZone } = useClock()
  return (
    <div className="border-line border-t">
      {lanes.map((lane) => (
        <div key={lane.id} className="grid gap-x-3 border-line border-b py-1.5 sm:grid-cols-[11rem_minmax(0,1fr)] sm:items-center">
          <p className="m-0 text-sm">
            {lane.label}
            <span className="block text-muted text-xs">{lane.summary}</span>
          </p>
          <Strip lane={lane} fromMs={fromMs} toMs={toMs} />
        </div>
      ))}
      <p aria-hidden="true" className="tabular m-0 flex justify-between gap-2 pt-1 text-faint text-xs sm:pl-[11.75rem]">
        <span>{formatInstant(fromMs, timeZone, 'minute')}</span>
        <span className="text-right">{formatInstant(toMs, timeZone, 'minute')}</span>
      </p>
    </div>
  )
}

function Strip({ lane, fromMs, toMs }: { readonly lane: Lane; readonly fromMs: number; readonly toMs: number }) {
  const spanMs = Math.max(1, toMs - fromMs)
  const isCount = lane.id === 'zone' || lane.id === 'source'
  const rows = isCount ? [lane.items] : packed(lane.items, spanMs * LEAST, MAX_ROWS)
  const rowHeight = isCount ? 28 : ALARM_ROW_PX
  return (
    <div aria-hidden="true" className="relative min-w-0 bg-sunken" style={{ height: Math.max(28, rows.length * rowHeight + 4) }}>
      {rows.map((row, index) =>
        row.map((item) => {
          const left = Math.min(1 - LEAST, Math.max(0, (item.fromMs - fromMs) / spanMs))
          const width = Math.min(1 - left, Math.max(LEAST, (item.toMs - item.fromMs) / spanMs))
          const height = isCount ? Math.max(2, item.height * 26) : ALARM_ROW_PX - 3
          return (
            <Mark
              key={item.id}
              item={item}
              isCount={isCount}
              style={{
                left: `${left * 100}%`,
                width: `${width * 100}%`,
                height,
                ...(isCount ? { bottom: 0 } : { top: index * rowHeight + 3 }),
              }}
            />
          )
        }),
      )}
    </div>
  )
}

function Mark({
  item,
  isCount,
  style,
}: {
  readonly item: LaneItem
  readonly isCount: boolean
  readonly style: Record<string, string | number>
}) {
  const { timeZone } = useClock()
  const title = `${formatInstant(item.fromMs, timeZone, 'minute')} ${inertText(item.text)}`
  const look = cx('absolute block rounded-xs', isCount ? 'bg-chart-base' : item.own ? 'bg-ink' : 'bg-chart-series')
  if (item.href === null) return <span title={title} className={look} style={style} />
  return (
    <Link
      href={item.href as Route}
      prefetch={false}
      tabIndex={-1}
      title={title}
      className={cx(look, 'hover:bg-accent-fill')}
      style={style}
    />
  )
}

function LaneList({ lanes }: { readonly lanes: readonly Lane[] }) {
  const lines = lanes
    .flatMap((lane) => lane.items.map((item) => ({ item, lane: lane.label })))
    .toSorted((a, b) => a.item.fromMs - b.item.fromMs)
  return (
    <section
      aria-label="What happened when, as a list"
      className="max-h-80 overflow-auto rounded-md border border-line"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable to be scrolled by keyboard (WCAG 2.1.1)
      tabIndex={0}
    >
      <ol className="m-0 list-none p-0 text-sm">
        {lines.map(({ item, lane }) => (
          <li key={item.id} className="grid gap-x-3 border-line border-b px-2 py-1 last:border-b-0 sm:grid-cols-[11rem_9rem_minmax(0,1fr)]">
            <TimeText at={item.fromMs} precision="minute" />
            <span className="text-muted">{lane}</span>
            <span className="wrap-anywhere min-w-0">
              {item.href === null ? (
                <InertText text={item.text} />
              ) : (
                <Link href={item.href as Route} prefetch={false}>
                  <InertText text={item.text} />
                </Link>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
