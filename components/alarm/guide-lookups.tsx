'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { AlarmTimelineResponse } from '@/lib/api/contracts/alarm-timeline'
import type { RelatedAlarmsResponse } from '@/lib/api/contracts/alarms'
import { ALARM_STATUSES, type Alarm } from '@/lib/domain/alarm'
import { alarmTimelineOptions, relatedAlarmsOptions, zonePastOptions } from '@/lib/queries/alarms'
import { alarmsHref } from '@/lib/url/alarms-href'
import { outcomeLabel } from './outcomes'

/** Answers of guide steps that another alarm, another log or an earlier decision gives: asked for when the card is shown. */

type Related = RelatedAlarmsResponse['rows']

const BECAUSE = { 'same-zone': 'zone', 'same-source': 'source', 'same-host': 'host', 'same-user': 'user' } as const
type Because = keyof typeof BECAUSE

/** "3 other alarms: 2 of the same zone, 1 of the same source." */
export function relatedSentence(rows: Related): string {
  if (rows.length === 0) return 'No other alarm of this zone, source, host or user within 48 hours.'
  const kinds = (Object.keys(BECAUSE) as Because[]).flatMap((kind) => {
    const count = rows.filter(({ because }) => because.includes(kind)).length
    return count === 0 ? [] : [`${formatCount(count)} of the same ${BECAUSE[kind]}`]
  })
  return `${plural(rows.length, 'other alarm')} within 48 hours: ${kinds.join(', ')}.`
}

/** "2 closed: Authorised test 1, CDN 1." What people made of alarms; null when they decided none. */
export function outcomesSentence(rows: readonly Related[number]['alarm'][]): string | null {
  const decided = rows.flatMap(({ status, decision }) =>
    status === 'closed' && decision !== null
      ? [outcomeLabel(decision.reason, decision.family)]
      : status === 'escalated'
        ? ['Escalated']
        : [],
  )
  if (decided.length === 0) return null
  const counts = [...new Set(decided)].map((outcome) => `${outcome} ${formatCount(decided.filter((each) => each === outcome).length)}`)
  return `Decided by people: ${counts.join(', ')}.`
}

export function RelatedAnswer({ alarm }: { readonly alarm: Alarm }) {
  const { data, isError } = useQuery(relatedAlarmsOptions(alarm.id))
  const outcomes = data === undefined ? null : outcomesSentence(data.rows.map((row) => row.alarm))
  return (
    <Asked data={data} isError={isError}>
      {alarm.recurrences > 0 ? `It came back ${plural(alarm.recurrences, 'time')}. ` : ''}
      {data === undefined ? null : relatedSentence(data.rows)} {outcomes} <a href="#related">48 hours either side</a>
    </Asked>
  )
}

/** What this console knows of the zone: its alarms of all times, and what people made of them. */
export function ZonePastAnswer({ alarm: { zone, firstSeenAt } }: { readonly alarm: Alarm }) {
  return zone === null ? null : <ZonePast zone={zone} firstSeenAt={firstSeenAt} />
}

function ZonePast({ zone, firstSeenAt }: { readonly zone: string; readonly firstSeenAt: number }) {
  const { data, isError } = useQuery(zonePastOptions(zone))
  const outcomes = data === undefined ? null : outcomesSentence(data.rows)
  // Of more alarms than one page holds, the earliest is not on it.
  const earliest = data === undefined || data.nextCursor !== null ? null : Math.min(firstSeenAt, ...data.rows.map((row) => row.firstSeenAt))
  return (
    <Asked data={data} isError={isError}>
      {data === undefined ? null : (
        <>
          <a href={alarmsHref({ zone, status: [...ALARM_STATUSES], sort: 'newest' })}>
            {plural(Math.max(1, data.total), 'alarm')} of all times
          </a>{' '}
          under this zone{earliest === null ? '' : ', the earliest from '}
          {earliest === null ? null : <TimeText at={earliest} precision="minute" />}. {outcomes ?? 'Nobody has decided one yet.'}{' '}
          Registration data is not asked for: nothing leaves this machine.
        </>
      )}
    </Asked>
  )
}

/** "4 process starts …, 3 before it opened; the last before: cmd.exe /c …" */
export function startsOf(starts: AlarmTimelineResponse['processStarts'], openedAt: number) {
  const before = starts.filter(({ at }) => at <= openedAt)
  return { count: starts.length, before: before.length, last: before.toSorted((a, b) => b.at - a.at)[0] ?? null }
}

export function StartsAnswer({ alarm }: { readonly alarm: Alarm }) {
  const { data, isError } = useQuery(alarmTimelineOptions(alarm.id))
  const { count, before, last } = startsOf(data?.processStarts ?? [], alarm.openedAt)
  return (
    <Asked data={data} isError={isError}>
      {count === 0 ? (
        'No log read so far holds a process start of this host within 48 hours.'
      ) : (
        <>
          {plural(count, 'process start')} of this host within 48 hours, {formatCount(before)} before it opened
          {last === null ? '.' : ': the last, '}
          {last === null ? null : (
            <>
              <TimeText at={last.at} precision="minute" />,{' '}
              <code className="wrap-anywhere">{<InertText text={last.commandLine ?? last.name} limit={160} />}</code>.
            </>
          )}{' '}
          <a href="#related">All of them</a>
        </>
      )}
    </Asked>
  )
}

interface AskedProps {
  readonly data: unknown
  readonly isError: boolean
  readonly children: ReactNode
}

function Asked({ data, isError, children }: AskedProps) {
  if (data !== undefined) return children
  return (
    <span className="text-muted">
      {isError ? 'The stored data could not be asked; the panels below say why.' : 'Asking the stored data …'}
    </span>
  )
}
