'use client'
import { useMemo } from 'react'
import { ChartFigure } from '@/components/chart/chart-figure'
import { StackedBars } from '@/components/chart/stacked-bars'
import { useClock } from '@/components/ui/clock'
import { formatCount, formatDuration } from '@/components/ui/format'
import { inertText } from '@/components/ui/inert-text'
import { formatInstant } from '@/components/ui/time-format'
import { histogramOf } from './add-counts'
import type { Counts } from './use-counts'

/** Told apart by lightness too, so that they stay apart without colour. */
const SHADES = [100, 72, 50, 34, 22].map((part) => `color-mix(in oklab, var(--chart-series) ${part}%, var(--surface))`)
const OTHER = 'var(--chart-base)'
const DAY_MS = 86_400_000

interface CountsChartProps {
  readonly counts: Counts
  readonly title: string
  /** What is counted: "lookups". */
  readonly noun: string
}

/** Counts over time, by type or process. */
export function CountsChart({ counts: { counts, range, bucketMs, complete }, title, noun }: CountsChartProps) {
  const { timeZone } = useClock()
  const histogram = useMemo(
    () => (counts === null || range === null || bucketMs === 0 ? null : histogramOf(counts, range, bucketMs)),
    [counts, range, bucketMs],
  )
  if (histogram === null || counts === null || counts.total === 0) return null
  const exact = (at: number) => formatInstant(at, timeZone, bucketMs >= DAY_MS ? 'day' : 'minute')
  const top = counts.buckets.reduce((best, each) => (each.count > best.count ? each : best))
  const hasOther = histogram.data.some((row) => (row.other ?? 0) > 0)
  const series = [
    ...histogram.names.map((name, index) => ({ key: `s${index}`, label: inertText(name).slice(0, 40), color: SHADES[index] ?? OTHER })),
    ...(hasOther ? [{ key: 'other', label: 'other', color: OTHER }] : []),
  ]
  const cells = (row: Readonly<Record<string, number>>): string[] => series.map(({ key }) => formatCount(row[key] ?? 0))
  return (
    <ChartFigure
      title={title}
      summary={`By ${formatDuration(bucketMs)}; most at ${exact(top.at)}: ${formatCount(top.count)} ${noun}.${complete ? '' : ' Older ones are not counted yet.'}`}
      legend={series}
      twin={{
        columns: [{ header: 'From' }, ...series.map(({ label }) => ({ header: label, numeric: true }))],
        rows: histogram.data.map((row) => [exact(row.at), ...cells(row)]),
      }}
    >
      <StackedBars label={`${title}, over time`} data={histogram.data} series={series} formatTime={exact} />
    </ChartFigure>
  )
}
