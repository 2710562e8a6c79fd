'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { SourceName } from '@/components/asset/source-name'
import { Badge } from '@/components/ui/badge'
import { ErrorPanel } from '@/components/ui/error-panel'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import type { RelatedAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { Alarm } from '@/lib/domain/alarm'
import { alarmTimelineOptions, relatedAlarmsOptions } from '@/lib/queries/alarms'
import { failureOf } from '@/lib/queries/failure'
import { alarmsHref } from '@/lib/url/alarms-href'
import { toLanes } from './lanes'
import { LanesFigure } from './lanes-figure'
import { outcomeLabel } from './outcomes'
import { Panel } from './panel'

const BECAUSE = { 'same-zone': 'same zone', 'same-source': 'same source', 'same-host': 'same host', 'same-user': 'same user' } as const

interface RelatedPanelProps {
  readonly alarm: Alarm
  readonly detectorTitle: (id: string) => string
}

/** What happened within 48 hours either side, in lanes; below, the other alarms of the zone, source, host or user. */
export function RelatedPanel({ alarm, detectorTitle }: RelatedPanelProps) {
  const query = useQuery(relatedAlarmsOptions(alarm.id))
  const rows = query.data?.rows ?? []
  return (
    <Panel id="related" title="48 hours either side" description="Of the same zone, source, host or user.">
      <Around alarm={alarm} related={rows} detectorTitle={detectorTitle} />
      <h3 className="mb-1 font-medium text-base">Other alarms</h3>
      {query.isPending ? (
        <SkeletonRows rows={3} label="Looking for other alarms" />
      ) : query.isError ? (
        <ErrorPanel
          title="Other alarms could not be read"
          detail={failureOf(query.error).detail}
          requestId={failureOf(query.error).requestId}
          onRetry={() => void query.refetch()}
        />
      ) : rows.length === 0 ? (
        <p className="m-0 text-muted">None. Nothing else was raised about this zone, source, host or user in that time.</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {rows.map((row) => (
            <RelatedLine key={row.alarm.id} row={row} detectorTitle={detectorTitle} />
          ))}
        </ul>
      )}
      <InQueue alarm={alarm} related={rows} />
    </Panel>
  )
}

interface AroundProps extends RelatedPanelProps {
  readonly related: RelatedAlarmsResponse['rows']
}

function Around({ alarm, related, detectorTitle }: AroundProps) {
  const query = useQuery(alarmTimelineOptions(alarm.id))
  if (query.isPending) return <Skeleton className="mb-5 h-64 w-full" />
  if (query.isError) {
    return (
      <ErrorPanel
        title="What happened around the alarm could not be read"
        detail={failureOf(query.error).detail}
        requestId={failureOf(query.error).requestId}
        onRetry={() => void query.refetch()}
      />
    )
  }
  const others = related.map((row) => row.alarm)
  const { fromMs, toMs } = query.data
  return <LanesFigure lanes={toLanes(alarm, others, query.data, detectorTitle)} fromMs={fromMs} toMs={toMs} />
}

/** Closing many at once is the queue's work: it opens there with just these. */
function InQueue({ alarm, related }: { readonly alarm: Alarm; readonly related: RelatedAlarmsResponse['rows'] }) {
  const open = (because: RelatedAlarmsResponse['rows'][number]['because'][number]) =>
    related.filter((row) => row.alarm.status === 'open' && row.because.includes(because)).length
  const ways = [
    { count: open('same-zone'), words: 'of the zone', href: alarm.zone === null ? null : alarmsHref({ zone: alarm.zone }) },
    { count: open('same-source'), words: 'of the source', href: alarm.source === null ? null : alarmsHref({ source: alarm.source }) },
  ].flatMap(({ count, words, href }) =>
    count > 0 && href !== null ? [{ text: `${plural(count, 'other open alarm')} ${words}`, href }] : [],
  )
  if (ways.length === 0) return null
  return (
    <p className="m-0 mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm" data-print="hide">
      Select them in the queue:
      {ways.map(({ text, href }) => (
        <Link key={text} href={href} prefetch={false}>
          {text}
        </Link>
      ))}
    </p>
  )
}

function RelatedLine({
  row: { alarm, because },
  detectorTitle,
}: {
  readonly row: RelatedAlarmsResponse['rows'][number]
  readonly detectorTitle: (id: string) => string
}) {
  const state = alarm.status === 'closed' && alarm.decision ? outcomeLabel(alarm.decision.reason, alarm.decision.family) : alarm.status
  return (
    <li className="relative grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-start gap-x-3 border-line border-b py-2 last:border-b-0 hover:bg-hover">
      <SeverityBadge severity={alarm.severity} className="justify-self-start" />
      <div className="min-w-0">
        <Link
          href={`/alarms/${alarm.id}`}
          prefetch={false}
          className="text-ink no-underline after:absolute after:inset-0 after:content-['']"
          aria-label={`Open ${alarm.id}, ${alarm.zone ?? alarm.hostName ?? ''}`}
        >
          {alarm.zone ? <NameText name={alarm.zone} zone={alarm.zone} /> : <InertText text={alarm.hostName ?? alarm.id} />}
        </Link>{' '}
        <span className="text-muted text-sm">
          {detectorTitle(alarm.detector)}, <InertText text={alarm.source ?? 'every source'} />{' '}
          <SourceName source={alarm.source} at={alarm.lastSeenAt} />
        </span>
        <div className="mt-0.5 flex flex-wrap gap-1">
          {because.map((reason) => (
            <Badge key={reason}>{BECAUSE[reason]}</Badge>
          ))}
        </div>
      </div>
      <div className="text-right text-sm">
        <TimeText at={alarm.lastSeenAt} relative />
        <span className="block text-muted text-xs">{state}</span>
      </div>
    </li>
  )
}
