'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { BandLine } from '@/components/chart/band-line'
import { ChartFigure } from '@/components/chart/chart-figure'
import { useClock } from '@/components/ui/clock'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount, formatDuration } from '@/components/ui/format'
import { Spinner } from '@/components/ui/spinner'
import { formatInstant } from '@/components/ui/time-format'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import { alarmBaselineOptions } from '@/lib/queries/alarm-baseline'
import { failureOf } from '@/lib/queries/failure'
import { axisTime } from './axis-time'
import { againstNetwork, type Network, networkOf, type OwnSeries, ownSeries, thresholdOf, usualAt } from './network-series'
import { MEASURES, sentenceOf } from './network-words'

const LEGEND_BASE = [
  { label: 'this alarm', color: 'var(--chart-series)' },
  { label: 'other domains, 5–95 %', color: 'color-mix(in oklab, var(--chart-base) 40%, var(--surface))' },
  { label: 'their median', color: 'var(--chart-base)' },
] as const

/** The network in pieces, as many as the sample takes; each is shown as it comes. */
function useNetwork(alarmId: string) {
  const query = useInfiniteQuery(alarmBaselineOptions(alarmId))
  const { hasNextPage, isFetching, isError, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage()
  }, [hasNextPage, isFetching, isError, fetchNextPage])
  const pages = query.data?.pages
  const network = useMemo(() => networkOf(pages ?? []), [pages])
  return { query, network, isCounting: query.isPending || (hasNextPage && !isError) }
}

/** The alarm's measures in front of what the other domains of this network do in the same hours. */
export function NetworkCharts({ alarm }: { readonly alarm: Alarm }) {
  const { query, network, isCounting } = useNetwork(alarm.id)
  const own = useMemo(() => ownSeries(alarm.evidence), [alarm.evidence])
  return (
    <>
      {query.isError ? (
        <div className="mb-4">
          <ErrorPanel
            title="The rest of the network could not be read"
            detail={`${failureOf(query.error).detail} The alarm’s own numbers are below.`}
            requestId={failureOf(query.error).requestId}
            onRetry={() => void query.refetch()}
          />
        </div>
      ) : null}
      <Sample network={network} isCounting={isCounting} />
      <div className="grid gap-x-8 gap-y-7 md:grid-cols-2 2xl:grid-cols-3">
        {MEASURES.map((words) => (
          <MeasureChart key={words.measure} words={words} alarm={alarm} own={own} network={network} isCounting={isCounting} />
        ))}
      </div>
    </>
  )
}

/** What the band rests on, and how far the reading came. */
function Sample({ network, isCounting }: { readonly network: Network | null; readonly isCounting: boolean }) {
  return (
    <p role="status" className="m-0 mb-4 flex min-h-6 flex-wrap items-center gap-x-3 text-muted text-sm">
      {network === null ? null : (
        <span>
          Compared with {formatCount(network.lookups)} lookups of other domains,{' '}
          {network.minutesRead < network.minutesOf
            ? `a sample of ${formatCount(network.minutesRead)} minutes spread over the ${formatCount(network.minutesOf)}`
            : `all ${formatCount(network.minutesOf)} minutes`}{' '}
          from <TimeText at={network.range.from} precision="minute" /> to <TimeText at={network.range.to} precision="minute" />.
        </span>
      )}
      {isCounting && (
        <span className="inline-flex items-center gap-1.5">
          <Spinner size={14} />
          {network === null
            ? 'Reading what other domains did'
            : `Still reading: ${network.minutesRead} of ${network.minutesPlanned} minutes`}
        </span>
      )}
    </p>
  )
}

interface MeasureChartProps {
  readonly words: (typeof MEASURES)[number]
  readonly alarm: Alarm
  readonly own: OwnSeries
  readonly network: Network | null
  readonly isCounting: boolean
}

function MeasureChart({ words, alarm, own, network, isCounting }: MeasureChartProps) {
  const { timeZone } = useClock()
  const { measure, title, name, format } = words
  const { buckets, stepMs } = own
  const against = againstNetwork(network, measure, own.whole[measure])
  const limit = thresholdOf(alarm, measure)
  const exact = (at: number) => formatInstant(at, timeZone, 'minute')
  const points = buckets.map((bucket) => ({
    at: bucket.at,
    value: own.of[measure](bucket),
    band: network === null ? null : usualAt(network, measure, bucket.at),
  }))
  const cell = (value: number | null | undefined) => (value == null ? '–' : format(value))
  return (
    <ChartFigure
      title={title}
      summary={sentenceOf(words, against, isCounting)}
      legend={against.usual === null ? [] : LEGEND_BASE}
      twin={{
        columns: [
          { header: 'Time' },
          { header: 'This alarm', numeric: true },
          { header: 'Others: 5 %', numeric: true },
          { header: 'Median', numeric: true },
          { header: '95 %', numeric: true },
        ],
        rows: points
          .filter(({ value }) => value !== null)
          .map(({ at, value, band }) => [exact(at), cell(value), cell(band?.low), cell(band?.middle), cell(band?.high)]),
      }}
    >
      <BandLine
        label={`${title} of this alarm and of other domains, every ${formatDuration(stepMs)}`}
        name="this alarm"
        bandName="others, 5–95 %"
        middleName="others, median"
        data={points}
        threshold={limit === null ? null : { value: limit.value, label: `threshold ${limit.words}` }}
        formatTime={(at) => axisTime(at, timeZone, buckets.length * stepMs)}
        formatValue={(value) => (name === 'bytes' ? `${format(value)} B` : format(value))}
      />
    </ChartFigure>
  )
}
