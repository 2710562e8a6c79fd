'use client'

import { useRouter } from 'next/navigation'
import { useMemo } from 'react'
import { Bars } from '@/components/chart/bars'
import { ChartFigure } from '@/components/chart/chart-figure'
import { StackedBars } from '@/components/chart/stacked-bars'
import { useCounts } from '@/components/event/use-counts'
import { useClock } from '@/components/ui/clock'
import { formatCount, formatDuration } from '@/components/ui/format'
import { formatInstant } from '@/components/ui/time-format'
import type { Alarm } from '@/lib/domain/alarm'
import { eventsOf, termsOf } from '@/lib/domain/alarm-events'
import { formatEventSearch } from '@/lib/domain/event-search'
import { axisTime } from './axis-time'
import { bucketHref } from './bucket-href'
import { byTypeOf, type EvidenceBucket, type EvidenceSeries, sumOfTypes, topTypes, toSeries, withStored } from './evidence-series'

const SHADES = [100, 68, 44, 26] as const
const shade = (index: number) =>
  index < SHADES.length ? `color-mix(in oklab, var(--chart-series) ${SHADES[index]}%, var(--surface))` : 'var(--chart-base)'

/** The alarm's buckets, counted from the stored events once all of them are counted; until then, and when they are gone, as kept. */
function useSeries(alarm: Alarm): { readonly series: EvidenceSeries; readonly isStored: boolean } {
  const { minutes } = alarm.evidence
  const { link } = eventsOf(alarm)
  const { counts, complete, bucketMs } = useCounts({
    kind: link?.kind ?? 'lookups',
    q: link === null ? '' : formatEventSearch(termsOf(link.where)),
    from: alarm.firstSeenAt,
    to: alarm.lastSeenAt + 1,
  })
  const stored = link?.kind === 'lookups' && complete && counts !== null && counts.total > 0 ? counts.buckets : null
  return useMemo(() => {
    if (stored === null) return { series: toSeries(minutes), isStored: false }
    return { series: withStored(toSeries(minutes, bucketMs), stored), isStored: true }
  }, [minutes, stored, bucketMs])
}

/** The alarm's key over time, in at most 120 steps. */
export function ActivityCharts({ alarm }: { readonly alarm: Alarm }) {
  const { evidence } = alarm
  const router = useRouter()
  const { timeZone } = useClock()
  const { series, isStored } = useSeries(alarm)
  const { buckets, stepMs } = series
  const step = formatDuration(stepMs)
  const spanMs = buckets.length * stepMs
  const time = (at: number) => axisTime(at, timeZone, spanMs)
  const exact = (at: number) => formatInstant(at, timeZone, 'minute')
  const busiest = buckets.reduce((top, bucket) => (bucket.queries > top.queries ? bucket : top), buckets[0] ?? { queries: 0, at: 0 })
  const byType = isStored ? sumOfTypes(buckets) : byTypeOf(evidence)
  const types = topTypes(byType)
  const hrefOf = (at: number) => bucketHref(alarm, at, stepMs)
  const open = (at: number) => {
    const href = hrefOf(at)
    if (href !== null) router.push(href)
  }
  const hrefs = buckets.map(({ at, queries }) => (queries === 0 ? null : hrefOf(at)))
  const rare = (bucket: EvidenceBucket) =>
    Object.entries(bucket.byType).reduce((sum, [type, count]) => sum + (types.includes(type) ? 0 : count), 0)
  const typeSeries = [
    ...types.map((type, index) => ({ key: type, label: type, color: shade(index) })),
    ...(Object.keys(byType).length > types.length ? [{ key: 'other', label: 'other types', color: shade(SHADES.length) }] : []),
  ]

  return (
    <div className="grid gap-x-8 gap-y-8 md:grid-cols-2">
      <ChartFigure
        title={`Queries every ${step}`}
        summary={`At most ${formatCount(busiest.queries)} in ${step}, at ${exact(busiest.at)}.${isStored ? '' : ' As kept with the alarm.'}`}
        legend={[
          { label: 'queries', color: 'var(--chart-base)' },
          { label: 'distinct names', color: 'var(--chart-series)' },
        ]}
        twin={{
          columns: [{ header: 'Time' }, { header: 'Queries', numeric: true }, { header: 'Distinct names', numeric: true }],
          rows: buckets.map((bucket) => [exact(bucket.at), formatCount(bucket.queries), formatCount(bucket.distinctNames)]),
          hrefs,
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
          onPick={open}
        />
      </ChartFigure>
      <ChartFigure
        title="Types asked"
        summary={types.length === 0 ? 'The log does not say.' : `Mostly ${types[0]}, ${formatCount(byType[types[0] ?? ''] ?? 0)} times.`}
        legend={typeSeries}
        twin={{
          columns: [{ header: 'Time' }, ...typeSeries.map(({ label }) => ({ header: label, numeric: true }))],
          rows: buckets.map((bucket) => [
            exact(bucket.at),
            ...typeSeries.map(({ key }) => formatCount(key === 'other' ? rare(bucket) : (bucket.byType[key] ?? 0))),
          ]),
          hrefs,
        }}
      >
        <StackedBars
          label="Query types over time"
          data={buckets.map(
            (bucket) => ({ ...bucket.byType, other: rare(bucket), at: bucket.at }) as { at: number; [type: string]: number },
          )}
          series={typeSeries}
          formatTime={time}
          onPick={open}
        />
      </ChartFigure>
    </div>
  )
}
