import Link from 'next/link'
import { outcomeLabel } from '@/components/alarm/outcomes'
import { SourceName } from '@/components/asset/source-name'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { AlarmRow } from '@/lib/domain/alarm'

interface KnownAlarmsProps {
  readonly alarms: readonly AlarmRow[]
  readonly detectorTitle: (id: string) => string
  /** Named when there is none. */
  readonly empty: string
}

const stateOf = ({ status, decision }: AlarmRow): string =>
  status === 'closed' && decision !== null ? outcomeLabel(decision.reason, decision.family) : status

/** Alarms with where they stand, each a line that leads to it. */
export function KnownAlarms({ alarms, detectorTitle, empty }: KnownAlarmsProps) {
  if (alarms.length === 0) return <p className="m-0 text-muted">{empty}</p>
  return (
    <ul className="m-0 list-none p-0">
      {alarms.map((alarm) => (
        <li
          key={alarm.id}
          className="relative grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-start gap-x-3 border-line border-b py-2 last:border-b-0 hover:bg-hover"
        >
          <SeverityBadge severity={alarm.severity} className="justify-self-start" />
          <div className="min-w-0">
            <Link
              href={`/alarms/${alarm.id}`}
              prefetch={false}
              className="text-ink no-underline after:absolute after:inset-0 after:content-['']"
            >
              {alarm.zone === null ? (
                <InertText text={alarm.hostName ?? alarm.id} limit={80} />
              ) : (
                <NameText name={alarm.zone} zone={alarm.zone} />
              )}
            </Link>
            <span className="block text-muted text-sm">
              {detectorTitle(alarm.detector)}, <InertText text={alarm.source ?? 'every source'} limit={60} />{' '}
              <SourceName source={alarm.source} at={alarm.lastSeenAt} />
            </span>
          </div>
          <div className="text-right text-sm">
            <TimeText at={alarm.lastSeenAt} relative />
            <span className="block text-muted text-xs">{stateOf(alarm)}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
