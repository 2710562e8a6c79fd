'use client'

import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { EscalationTask } from '@/lib/domain/escalation'
import { escalationOptions, suggestionsOptions } from '@/lib/queries/escalations'

/** How far the response is to an escalated alarm: the checklist of the escalation it stands in, which is ticked there. */
export function ResponseChecklist({ alarmId }: { readonly alarmId: string }) {
  const { data } = useQuery(suggestionsOptions(alarmId))
  const escalation = data?.standsIn ?? null
  return escalation === null ? (
    <p className="m-0 mt-3" data-print="hide">
      <Link href={'/escalations' as Route}>Response checklist of the escalation</Link>
    </p>
  ) : (
    <Checklist escalationId={escalation.id} />
  )
}

function Checklist({ escalationId }: { readonly escalationId: string }) {
  const { data } = useQuery(escalationOptions(escalationId))
  const tasks = data?.tasks ?? []
  const done = tasks.filter((task) => task.done !== null).length
  return (
    <div className="mt-4">
      <h3 className="m-0 mb-1 font-medium text-base">Response</h3>
      <p className="m-0 mb-2 text-muted text-sm">
        {data === undefined ? '' : `${done} of ${tasks.length} done. `}
        <Link href={`/escalations/${encodeURIComponent(escalationId)}` as Route}>Response checklist of the escalation</Link>
      </p>
      <ul className="m-0 flex list-none flex-col gap-1 p-0 text-sm">
        {tasks.map((task) => (
          <TaskLine key={task.id} task={task} />
        ))}
      </ul>
    </div>
  )
}

function TaskLine({ task: { text, done, assignee } }: { readonly task: EscalationTask }) {
  return (
    <li className="grid grid-cols-[1rem_minmax(0,1fr)] items-start gap-2">
      <span className="pt-0.5">{done === null ? null : <Icon name="check" size={14} />}</span>
      <span className="wrap-anywhere">
        <span className="sr-only">{done === null ? 'Open: ' : 'Done: '}</span>
        <InertText text={text} />
        {done !== null && (
          <span className="text-muted">
            {' '}
            <InertText text={done.name} />, <TimeText at={done.at} relative />
          </span>
        )}
        {done === null && assignee !== null && (
          <span className="text-muted">
            {' '}
            for <InertText text={assignee.name} />
          </span>
        )}
      </span>
    </li>
  )
}
