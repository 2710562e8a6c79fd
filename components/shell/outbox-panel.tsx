'use client'
import { useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { ConflictDialog } from '@/components/alarm/conflict-dialog'
import { outcomeLabel } from '@/components/alarm/outcomes'
import { Button, IconButton } from '@/components/ui/button'
import { plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import { type Decision, decide, settle } from '@/lib/queries/alarm-decisions'
import { alarmKeys } from '@/lib/queries/alarms'
import { type Outbox, type SendOutcome, sendWaiting, type Waiting } from '@/lib/queries/outbox'

const TRY_EVERY_MS = 10_000
const LOCK = 'dowser-outbox'

interface OutboxPanelProps {
  readonly outbox: Outbox
  readonly waiting: readonly Waiting[]
  readonly isLost: boolean
}

/** "Waiting to be sent (2)": what waits, when it is sent, and how to take it out again. */
export function OutboxPanel({ outbox, waiting, isLost }: OutboxPanelProps) {
  const { send, isSending, conflict, keepTheirs, insist, foreign } = useSending(outbox, isLost)
  const remove = useRemove(outbox)
  return (
    <section
      aria-label="Waiting to be sent"
      data-print="hide"
      className="border-warn-line/60 border-b bg-warn-soft px-4 py-2 text-sm sm:px-7"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Icon name="clock" className="shrink-0 text-warn" />
        <p role="status" className="m-0 min-w-0 flex-1 basis-64">
          <strong className="font-semibold">Waiting to be sent ({waiting.length}).</strong>{' '}
          {foreign
            ? 'Another person is signed in by now. Sign in again as yourself to send them.'
            : 'Kept in this browser; they go out in this order once the server answers.'}
        </p>
        <Button size="sm" pending={isSending} onClick={() => void send()}>
          Send now
        </Button>
      </div>
      <ul aria-label="Decisions that wait" className="m-0 mt-1 list-none p-0">
        {waiting.map((each) => (
          <li key={each.id} className="flex flex-wrap items-center gap-x-2 border-warn-line/40 border-t py-1">
            <span className="font-medium">{wordsOf(each.input.decision)}</span>
            <Link href={`/alarms/${encodeURIComponent(each.id)}`} prefetch={false}>
              <InertText text={each.id} limit={40} />
            </Link>
            <InertText text={each.about} limit={60} className="wrap-anywhere text-muted" />
            <span className="text-muted">
              <TimeText at={each.at} relative />
            </span>
            {each.refusal === null ? null : (
              <span className="w-full text-danger">
                Not taken: <InertText text={each.refusal} limit={300} />
              </span>
            )}
            <IconButton
              icon="close"
              size="sm"
              className="ml-auto"
              label={`Take ${each.id} out; it is not sent`}
              onClick={() => remove(each)}
            />
          </li>
        ))}
      </ul>
      <ConflictDialog triage={{ conflict, keepTheirs, insist }} />
    </section>
  )
}

const DID = { escalate: 'Escalate', reopen: 'Reopen', undo: 'Undo' } as const

function wordsOf(decision: Decision): string {
  return decision.kind === 'close' ? `Close as ${outcomeLabel(decision.reason, decision.family ?? null).toLowerCase()}` : DID[decision.kind]
}

/** Taken out, the alarm is shown as the server has it. */
function useRemove(outbox: Outbox) {
  const client = useQueryClient()
  return ({ id }: Waiting) => {
    outbox.remove(id)
    void client.invalidateQueries({ queryKey: alarmKeys.all })
  }
}

/** One tab sends at a time, where the browser can say so; else the version check tells the second that it was late. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (typeof navigator.locks === 'undefined') return work()
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work()
  })
}

function useSending(outbox: Outbox, isLost: boolean) {
  const client = useQueryClient()
  const [isSending, setSending] = useState(false)
  const [foreign, setForeign] = useState(false)
  const [clash, setClash] = useState<SendOutcome['conflict']>(null)
  const busy = useRef(false)

  const send = async () => {
    if (busy.current || clash !== null) return
    busy.current = true
    setSending(true)
    await alone(async () => {
      const { sent, conflict, stopped } = await sendWaiting(outbox)
      for (const { response } of sent) settle(client, response)
      if (sent.length > 0) {
        showToast({
          title: `${plural(sent.length, 'decision')} sent`,
          description: sent
            .map(({ waiting }) => waiting.id)
            .slice(0, 5)
            .join(', '),
        })
        await client.invalidateQueries({ queryKey: alarmKeys.all })
      }
      setForeign(stopped === 'somebody-else')
      setClash(conflict)
    })
    busy.current = false
    setSending(false)
  }

  const sendNow = useEffectEvent(() => void send())
  useEffect(() => {
    if (isLost) return
    sendNow()
    const timer = setInterval(() => sendNow(), TRY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isLost])
  useEffect(() => {
    const online = () => sendNow()
    window.addEventListener('online', online)
    return () => window.removeEventListener('online', online)
  }, [])

  const settled = (id: string) => {
    outbox.remove(id)
    setClash(null)
    void client.invalidateQueries({ queryKey: alarmKeys.all })
  }
  const insist = async () => {
    if (clash === null) return
    const { waiting, conflict } = clash
    try {
      let { alarm } = conflict
      if (alarm.status === 'closed' && waiting.input.decision.kind !== 'reopen') {
        ;({ alarm } = await decide({ alarm, decision: { kind: 'reopen', note: null } }))
      }
      settle(client, await decide({ alarm, decision: waiting.input.decision }))
      settled(waiting.id)
    } catch (error) {
      setClash(null)
      showToast({ title: 'Not stored', description: error instanceof Error ? error.message : 'It waits on.', tone: 'danger' })
    }
  }
  return {
    send,
    isSending,
    foreign,
    insist,
    conflict: clash === null ? null : { conflict: clash.conflict, mine: clash.waiting.input },
    keepTheirs: () => {
      if (clash !== null) settled(clash.waiting.id)
    },
  }
}
