'use client'

import { ChartFigure } from '@/components/chart/chart-figure'
import { LineWithThreshold } from '@/components/chart/line-with-threshold'
import { useClock } from '@/components/ui/clock'
import { formatBytes, formatCount } from '@/components/ui/format'
import { formatInstant } from '@/components/ui/time-format'
import type { AnomalyBucket, Evidence } from '@/lib/domain/evidence'
import { axisTime } from './axis-time'

const score = (value: number) => String(Math.round(value))

const oddest = (buckets: readonly AnomalyBucket[]): AnomalyBucket | undefined =>
  buckets.toSorted((a, b) => b.anomalyScore - a.anomalyScore)[0]

/** What the model saw in each bucket beside what is typical there, and how surprised it was. */
export function BucketCharts({ evidence: { buckets, metrics } }: { readonly evidence: Evidence }) {
  const { timeZone } = useClock()
  const spanMs = (buckets.at(-1)?.at ?? 0) - (buckets[0]?.at ?? 0)
  const time = (at: number) => axisTime(at, timeZone, spanMs)
  const exact = (at: number) => formatInstant(at, timeZone, 'minute')
  const top = oddest(buckets)
  const limit = metrics.find(({ id, threshold }) => /score/i.test(id) && threshold !== null)
  if (top === undefined) return null
  return (
    <div className="grid gap-x-8 gap-y-8 md:grid-cols-2">
      <ChartFigure
        title="Information in the names"
        summary={`${formatBytes(top.informationBytes)} at ${exact(top.at)}, where ${formatBytes(top.typicalBytes)} is typical.`}
        legend={[
          { label: 'seen', color: 'var(--chart-series)' },
          { label: 'typical', color: 'var(--chart-base)', dashed: true },
        ]}
        twin={{
          columns: [
            { header: 'Bucket' },
            { header: 'Seen', numeric: true },
            { header: 'Typical', numeric: true },
            { header: 'Distinct names', numeric: true },
          ],
          rows: buckets.map((bucket) => [
            exact(bucket.at),
            `${formatBytes(bucket.informationBytes)}${bucket.estimated ? ', estimated' : ''}`,
            formatBytes(bucket.typicalBytes),
            formatCount(bucket.distinctNames),
          ]),
        }}
      >
        <LineWithThreshold
          label="Information in the names over time, beside what is typical"
          name="seen"
          expectedName="typical"
          data={buckets.map((bucket) => ({ at: bucket.at, value: bucket.informationBytes, expected: bucket.typicalBytes }))}
          threshold={null}
          formatTime={time}
          formatValue={formatBytes}
        />
      </ChartFigure>
      <ChartFigure
        title="Anomaly score"
        summary={`At most ${score(top.anomalyScore)} of 100; the chance of such a bucket is ${top.probability.toExponential(1)}.`}
        twin={{
          columns: [{ header: 'Bucket' }, { header: 'Score', numeric: true }, { header: 'Most influential source' }],
          rows: buckets.map((bucket) => [
            exact(bucket.at),
            score(bucket.anomalyScore),
            bucket.influencers[0] ? `${bucket.influencers[0].source} (${Math.round(bucket.influencers[0].influence * 100)} %)` : 'none',
          ]),
        }}
      >
        <LineWithThreshold
          label="Anomaly score over time"
          name="score"
          data={buckets.map((bucket) => ({ at: bucket.at, value: bucket.anomalyScore }))}
          threshold={limit?.threshold ? { value: limit.threshold, label: `threshold ${score(limit.threshold)}` } : null}
          formatTime={time}
          formatValue={score}
        />
      </ChartFigure>
    </div>
  )
}
