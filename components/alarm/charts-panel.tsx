'use client'

import { useMemo } from 'react'
import { Bars } from '@/components/chart/bars'
import { ChartFigure } from '@/components/chart/chart-figure'
import { LineWithThreshold } from '@/components/chart/line-with-threshold'
import { StackedBars } from '@/components/chart/stacked-bars'
import { useClock } from '@/components/ui/clock'
import { formatCount, formatDuration } from '@/components/ui/format'
import { formatInstant } from '@/components/ui/time-format'
import type { Evidence } from '@/lib/domain/evidence'
import { axisTime } from './axis-time'
import { type EvidenceBucket, topTypes, toSeries } from './evidence-series'

const SHADES = [100, 68, 44, 26] as const
const shade = (index: number) =>
  index < SHADES.length ? `color-mix(in oklab, var(--chart-series) ${SHADES[index]}%, var(--surface))` : 'var(--chart-base)'

const twoDigits = (value: number) => String(Math.round(value * 100) / 100)

/** Highest and mean of a measure; silent buckets have none. */
function spread(buckets: readonly EvidenceBucket[], of: (bucket: EvidenceBucket) => number | null) {
  const values = buckets.flatMap((bucket) => of(bucket) ?? [])
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
  return { max: Math.max(...values, 0), mean }
}

/** The alarm's key over time, in at most 120 steps. */
export function ActivityCharts({ evidence }: { readonly evidence: Evidence }) {
  const { timeZone } = useClock()
  const series = useMemo(() => toSeries(evidence.minutes), [evidence.minutes])
  const { buckets, stepMs } = series
  const step = formatDuration(stepMs)
  const spanMs = buckets.length * stepMs
  const time = (at: number) => axisTime(at, timeZone, spanMs)
  const exact = (at: number) => formatInstant(at, timeZone, 'minute')
  const busiest = buckets.reduce((top, bucket) => (bucket.queries > top.queries ? bucket : top), buckets[0] ?? { queries: 0, at: 0 })
  const entropy = spread(buckets, (bucket) => bucket.entropyBits)
  const length = spread(buckets, (bucket) => bucket.length)
  const types = topTypes(evidence.byType)
  const metric = evidence.metrics.find(({ id, threshold }) => /entropy/i.test(id) && threshold !== null)
  const rare = (bucket: EvidenceBucket) =>
    Object.entries(bucket.byType).reduce((sum, [type, count]) => sum + (types.includes(type) ? 0 : count), 0)
  const typeSeries = [
    ...types.map((type, index) => ({ key: type, label: type, color: shade(index) })),
    ...(Object.keys(evidence.byType).length > types.length ? [{ key: 'other', label: 'other types', color: shade(SHADES.length) }] : []),
  ]

  return (
    <div className="grid gap-x-8 gap-y-8 md:grid-cols-2">
      <ChartFigure
        title={`Queries every ${step}`}
        summary={`At most ${formatCount(busiest.queries)} in ${step}, at ${exact(busiest.at)}.`}
        legend={[
          { label: 'queries', color: 'var(--chart-base)' },
          { label: 'distinct names', color: 'var(--chart-series)' },
        ]}
        twin={{
          columns: [{ header: 'Time' }, { header: 'Queries', numeric: true }, { header: 'Distinct names', numeric: true }],
          rows: buckets.map((bucket) => [exact(bucket.at), formatCount(bucket.queries), formatCount(bucket.distinctNames)]),
        }}
      >
        <Bars
          label="Queries and distinct names over time"
          data={buckets}
          series={[
            { key: 'queries', label: 'queries', color: 'var(--chart-base)' },
            { key: 'distinctNames', label: 'distinct names', color: 'var(--chart-series)' },
          ]}
          formatTime={time}
        />
      </ChartFigure>
      <ChartFigure
        title="Types asked"
        summary={
          types.length === 0 ? 'The log does not say.' : `Mostly ${types[0]}, ${formatCount(evidence.byType[types[0] ?? ''] ?? 0)} times.`
        }
        legend={typeSeries}
        twin={{
          columns: [{ header: 'Time' }, ...typeSeries.map(({ label }) => ({ header: label, numeric: true }))],
          rows: buckets.map((bucket) => [
            exact(bucket.at),
            ...typeSeries.map(({ key }) => formatCount(key === 'other' ? rare(bucket) : (bucket.byType[key] ?? 0))),
          ]),
        }}
      >
        <StackedBars
          label="Query types over time"
          data={buckets.map(
            (bucket) => ({ ...bucket.byType, other: rare(bucket), at: bucket.at }) as { at: number; [type: string]: number },
          )}
          series={typeSeries}
          formatTime={time}
        />
      </ChartFigure>
      <ChartFigure
        title="Entropy of the names"
        summary={`Mean ${twoDigits(entropy.mean)}, at most ${twoDigits(entropy.max)} bits per character.`}
        twin={{
          columns: [{ header: 'Time' }, { header: 'Bits per character', numeric: true }],
          rows: buckets.map((bucket) => [exact(bucket.at), bucket.entropyBits === null ? 'silent' : twoDigits(bucket.entropyBits)]),
        }}
      >
        <LineWithThreshold
          label="Mean entropy of the names over time"
          name="bits per character"
          data={buckets.map((bucket) => ({ at: bucket.at, value: bucket.entropyBits }))}
          threshold={metric?.threshold ? { value: metric.threshold, label: `threshold ${twoDigits(metric.threshold)}` } : null}
          formatTime={time}
          formatValue={twoDigits}
        />
      </ChartFigure>
      <ChartFigure
        title="Length of the names"
        summary={`Mean ${Math.round(length.mean)}, at most ${Math.round(length.max)} bytes in front of the zone.`}
        twin={{
          columns: [{ header: 'Time' }, { header: 'Bytes', numeric: true }],
          rows: buckets.map((bucket) => [exact(bucket.at), bucket.length === null ? 'silent' : twoDigits(bucket.length)]),
        }}
      >
        <LineWithThreshold
          label="Mean length of the names over time"
          name="bytes"
          data={buckets.map((bucket) => ({ at: bucket.at, value: bucket.length }))}
          threshold={null}
          formatTime={time}
          formatValue={(value) => String(Math.round(value))}
        />
      </ChartFigure>
    </div>
  )
}
