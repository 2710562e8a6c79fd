'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Panel } from '@/components/alarm/panel'
import { SourceName } from '@/components/asset/source-name'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { cx } from '@/components/ui/cx'
import { formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { AlarmRow } from '@/lib/domain/alarm'
import type { EscalationPart } from './escalation-header'

export const escalationAlarmId = (id: string): string => `member-${id}`

/** The alarms, worst first, each with why it was raised; a selection is removed or split off. */
export function AlarmsPanel({ detail: { alarms }, changer, refusal, activeId }: EscalationPart & { readonly activeId: string | null }) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const chosen = alarms.filter(({ id }) => picked.has(id)).map(({ id }) => id)
  const toggle = (id: string, on: boolean) => {
    const next = new Set(picked)
    if (on) next.add(id)
    else next.delete(id)
    setPicked(next)
  }
  const act = async (kind: 'remove' | 'split') => {
    const made = await changer.make(kind === 'split' ? { kind, alarmIds: chosen, title: null } : { kind, alarmIds: chosen })
    if (made !== null) setPicked(new Set())
  }
  const none = chosen.length === 0 ? 'Choose alarms first.' : null
  const all = chosen.length === alarms.length ? 'At least one alarm must stay.' : null
  return (
    <Panel
      title="Alarms"
      description={chosen.length === 0 ? 'Worst first.' : `${formatCount(chosen.length)} of ${formatCount(alarms.length)} chosen.`}
      actions={
        alarms.length === 0 ? null : (
          <>
            <Button size="sm" disabledReason={refusal ?? none ?? all} pending={changer.pending} onClick={() => void act('split')}>
              Split off
            </Button>
            <Button size="sm" disabledReason={refusal ?? none} pending={changer.pending} onClick={() => void act('remove')}>
              Back to the queue
            </Button>
          </>
        )
      }
    >
      <ul className="m-0 flex list-none flex-col p-0">
        {alarms.map((alarm) => (
          <Member
            key={alarm.id}
            alarm={alarm}
            active={alarm.id === activeId}
            picked={picked.has(alarm.id)}
            onPick={refusal === null ? (on) => toggle(alarm.id, on) : null}
          />
        ))}
      </ul>
    </Panel>
  )
}

interface MemberProps {
  readonly alarm: AlarmRow
  readonly active: boolean
  readonly picked: boolean
  readonly onPick: ((on: boolean) => void) | null
}

function Member({ alarm, active, picked, onPick }: MemberProps) {
  const { id, zone, source, hostName, severity, status, summary, firstSeenAt, lastSeenAt } = alarm
  return (
    <li
      id={escalationAlarmId(id)}
      className={cx('flex items-start gap-2 border-line border-b px-1 py-2 last:border-b-0', active ? 'bg-selected' : 'hover:bg-hover')}
    >
      {onPick === null ? null : <Checkbox label={`Choose ${id}`} hideLabel checked={picked} onCheckedChange={onPick} />}
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <SeverityBadge severity={severity} />
          <Link href={`/alarms/${encodeURIComponent(id)}`} className="wrap-anywhere inline-block min-h-6 font-medium">
            <InertText text={zone ?? hostName ?? source ?? id} limit={100} />
          </Link>
          {status === 'escalated' ? null : <Badge>{status}</Badge>}
          <span className="wrap-anywhere text-muted text-sm">
            <InertText text={hostName ?? source ?? ''} limit={80} /> <SourceName source={source} at={lastSeenAt} beside={[hostName]} />
          </span>
        </div>
        <p className="wrap-anywhere m-0 mt-0.5 text-sm">
          <InertText text={summary} limit={400} />
        </p>
        <p className="m-0 text-faint text-xs">
          <span className="tabular">{id}</span> · <TimeText at={firstSeenAt} precision="minute" /> to{' '}
          <TimeText at={lastSeenAt} precision="minute" />
        </p>
      </div>
    </li>
  )
}
