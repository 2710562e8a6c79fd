'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { ErrorPanel } from '@/components/ui/error-panel'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import type { RelatedAlarmsResponse } from '@/lib/api/contracts/alarms'
import { relatedAlarmsOptions } from '@/lib/queries/alarms'
import { failureOf } from '@/lib/queries/failure'
import { outcomeLabel } from './outcomes'
import { Panel } from './panel'

const BECAUSE = { 'same-zone': 'same zone', 'same-source': 'same source', 'same-host': 'same host', 'same-user': 'same user' } as const

interface RelatedPanelProps {
  readonly alarmId: string
  readonly detectorTitle: (id: string) => string
}

/** Other alarms of the zone, source, host or user within 48 hours either side. */
export function RelatedPanel({ alarmId, detectorTitle }: RelatedPanelProps) {
  const query = useQuery(relatedAlarmsOptions(alarmId))
  const rows = query.data?.rows ?? []
  return (
    <Panel id="related" title="Other alarms, 48 hours either side" description="Of the same zone, source, host or user.">
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
    </Panel>
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
          {detectorTitle(alarm.detector)}, <InertText text={alarm.source ?? 'every source'} />
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
