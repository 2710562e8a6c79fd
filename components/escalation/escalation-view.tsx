'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useRef } from 'react'
import { useShortcuts } from '@/components/alarm/use-shortcuts'
import { useCurrentUser, useRefusal } from '@/components/shell/current-user'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { EscalationDetail } from '@/lib/domain/escalation'
import { escalationOptions } from '@/lib/queries/escalations'
import { failureOf } from '@/lib/queries/failure'
import { AlarmsPanel, escalationAlarmId } from './alarms-panel'
import { EscalationHeader } from './escalation-header'
import { escalationHref } from './escalation-table'
import { IndicatorsPanel } from './indicators-panel'
import { NotesPanel } from './notes-panel'
import { TasksPanel } from './tasks-panel'
import { TimelinePanel } from './timeline-panel'
import { useCursor } from './use-cursor'
import { useEscalationChange } from './use-escalation-change'

/** One escalation: its alarms, what is done and left, what to search for, what happened. */
export function EscalationView({ escalationId }: { readonly escalationId: string }) {
  const { data, error, isPending, refetch, isRefetching } = useQuery(escalationOptions(escalationId))
  return (
    <>
      <nav aria-label="Escalations" className="mb-3 text-sm">
        <Link href="/escalations" className="inline-flex min-h-6 items-center gap-1 text-muted no-underline hover:text-ink">
          <Icon name="chevron-left" size={14} /> Escalations
        </Link>
      </nav>
      {data ? (
        <Loaded detail={data} />
      ) : isPending ? (
        <SkeletonRows rows={6} label="Loading the escalation" />
      ) : (
        <ErrorPanel
          title="The escalation could not be loaded"
          detail={failureOf(error).detail}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      )}
    </>
  )
}

function Loaded({ detail }: { readonly detail: EscalationDetail }) {
  const { escalation, alarms } = detail
  const { userId } = useCurrentUser()
  const router = useRouter()
  const changer = useEscalationChange(escalation.id)
  const roleRefusal = useRefusal('escalation:manage')
  const refusal = roleRefusal ?? (escalation.mergedIntoId === null ? null : `It was merged into ${escalation.mergedIntoId}.`)
  const note = useRef<HTMLTextAreaElement>(null)
  const cursor = useCursor(
    alarms.map(({ id }) => id),
    escalationAlarmId,
  )
  const change = (key: string): boolean => {
    if (refusal !== null) return false
    if (key === 'n') note.current?.focus()
    else if (key === 'm') void changer.make({ kind: 'assign', userId })
    else if (key === 'z') changer.undoLast()
    else return false
    return true
  }
  useShortcuts((key, owned) => {
    if (key === 'j' || key === 'ArrowDown') cursor.moveBy(1)
    else if (key === 'k' || key === 'ArrowUp') cursor.moveBy(-1)
    else if (key === 'Enter' && !owned && cursor.active !== null) router.push(`/alarms/${encodeURIComponent(cursor.active)}`)
    else return change(key)
    return true
  })
  const part = { detail, changer, refusal }
  return (
    <>
      <EscalationHeader {...part} />
      {escalation.mergedIntoId === null ? null : (
        <Notice tone="warn" className="mb-4">
          Merged into <Link href={escalationHref(escalation.mergedIntoId)}>{escalation.mergedIntoId}</Link>, with its alarms and steps. Its
          own history and notes stay here.
        </Notice>
      )}
      {escalation.mergedIntoId === null && alarms.length === 0 ? (
        <Notice className="mb-4">It holds no alarm any more and has left the list. Its history stays.</Notice>
      ) : null}
      <div className="grid grid-cols-1 gap-x-8 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <div className="min-w-0">
          <AlarmsPanel {...part} activeId={cursor.active} />
          <IndicatorsPanel escalationId={escalation.id} alarmIds={alarms.map(({ id }) => id).toSorted()} />
          <TimelinePanel {...part} />
        </div>
        <div className="min-w-0 max-lg:order-first">
          <TasksPanel {...part} />
          <NotesPanel {...part} noteRef={note} />
        </div>
      </div>
    </>
  )
}
