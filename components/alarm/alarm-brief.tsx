'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { Sparkline } from '@/components/chart/sparkline'
import { EventsLink } from '@/components/event/events-link'
import { Badge } from '@/components/ui/badge'
import { formatBytes, formatCount, formatDuration, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import { eventsOf } from '@/lib/domain/alarm-events'
import { hostHref } from '@/lib/url/events-search-params'
import { byTypeOf, topTypes, toSeries } from './evidence-series'

const SPARKS = 36

/** How sure, who, since when and how much, each in one glance. */
export function AlarmBrief({ alarm }: { readonly alarm: Alarm }) {
  return (
    <div className="grid min-w-0 gap-x-6 gap-y-4 border-line border-t pt-3 sm:grid-cols-2 lg:col-start-1 xl:grid-cols-4">
      <Sure alarm={alarm} />
      <Who alarm={alarm} />
      <When alarm={alarm} />
      <Much alarm={alarm} />
    </div>
  )
}

function Cell({ label, lead, children }: { readonly label: string; readonly lead: ReactNode; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <p className="eyebrow m-0">{label}</p>
      <p className="wrap-anywhere m-0 font-semibold text-lg">{lead}</p>
      <div className="text-muted text-sm">{children}</div>
    </div>
  )
}

function Sure({ alarm: { score, scoreTerms, tool } }: { readonly alarm: Alarm }) {
  const against = scoreTerms.filter(({ points }) => points < 0)
  const speak = scoreTerms.length - against.length
  return (
    <Cell
      label="How sure"
      lead={
        <>
          <span className="tabular">{Math.round(score)}</span> <span className="font-normal text-base text-muted">of 100</span>
        </>
      }
    >
      <span aria-hidden="true" className="my-1.5 block h-1 max-w-40 rounded-full bg-line">
        <span className="block h-1 rounded-full bg-chart-series" style={{ width: `${Math.max(0, Math.min(100, score))}%` }} />
      </span>
      {tool !== null && (
        <span className="block text-ink">
          {tool.name}, {tool.confidence}
        </span>
      )}
      <a href="#score" className="underline decoration-line-strong underline-offset-2 hover:text-ink">
        {plural(speak, 'fact')} for it, {against.length === 0 ? 'none against' : `${against.length} against`}
      </a>
    </Cell>
  )
}

function Who({ alarm: { source, hostName, userName, lastSeenAt, evidence } }: { readonly alarm: Alarm }) {
  const { spread, resolver } = evidence
  return (
    <Cell
      label="Who"
      lead={
        source === null ? (
          'Every source'
        ) : (
          <>
            <Link
              href={hostHref(source)}
              prefetch={false}
              className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-ink"
            >
              <InertText text={source} />
            </Link>{' '}
            <SourceName source={source} at={lastSeenAt} beside={[hostName]} className="text-sm" />
          </>
        )
      }
    >
      {hostName !== null && hostName !== source && (
        <span className="wrap-anywhere block text-ink">
          <InertText text={hostName} />
        </span>
      )}
      {userName !== null && (
        <span className="wrap-anywhere block">
          User <InertText text={userName} className="text-ink" />
        </span>
      )}
      {resolver !== null && <Badge tone="warn">Resolver: the client is hidden</Badge>}
      {spread !== null && (
        <a href="#spread" className="block underline decoration-line-strong underline-offset-2 hover:text-ink">
          {spread.total === 1
            ? `The only one of ${plural(spread.active, 'active host')}`
            : `${formatCount(spread.total)} of ${plural(spread.active, 'active host')} asked`}
        </a>
      )}
    </Cell>
  )
}

function When({ alarm: { firstSeenAt, lastSeenAt, recurrences, evidence } }: { readonly alarm: Alarm }) {
  return (
    <Cell label="Since" lead={<TimeText at={firstSeenAt} precision="minute" />}>
      <span className="block">
        Over {formatDuration(lastSeenAt - firstSeenAt)}, last <TimeText at={lastSeenAt} relative className="tabular text-ink" />
      </span>
      {recurrences > 0 && <span className="block">Came back {plural(recurrences, 'time')}</span>}
      {evidence.minutes.length > 1 && <Sparkline values={sparks(evidence.minutes)} className="mt-1.5 max-w-full" />}
    </Cell>
  )
}

/** The series in few enough steps for a small picture. */
function sparks(minutes: Alarm['evidence']['minutes']): readonly number[] {
  const { buckets } = toSeries(minutes)
  const per = Math.ceil(buckets.length / SPARKS)
  return Array.from({ length: Math.ceil(buckets.length / per) }, (_, index) =>
    buckets.slice(index * per, (index + 1) * per).reduce((sum, { queries }) => sum + queries, 0),
  )
}

function Much({ alarm }: { readonly alarm: Alarm }) {
  const { queries, distinctNames, evidence } = alarm
  const byType = byTypeOf(evidence)
  const total = Object.values(byType).reduce((sum, count) => sum + count, 0)
  const [most] = topTypes(byType, 1)
  const { link, count, noun } = eventsOf(alarm)
  return (
    <Cell
      label="How much"
      lead={
        link === null ? (
          plural(queries, noun)
        ) : (
          <EventsLink
            {...link}
            label={`Show the ${plural(count, noun)}`}
            className="text-ink underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          >
            {plural(count, noun)}
          </EventsLink>
        )
      }
    >
      <span className="block">{plural(distinctNames, 'distinct name')}</span>
      {most !== undefined && (
        <span className="block">
          {Math.round((100 * (byType[most] ?? 0)) / total)} % <InertText text={most === '-' ? 'of no known type' : most} />
        </span>
      )}
      {evidence.bytesUp !== null && <span className="block">Up to {formatBytes(evidence.bytesUp.high)} carried out</span>}
    </Cell>
  )
}
