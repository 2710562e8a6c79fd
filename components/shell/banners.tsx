'use client'
import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useState } from 'react'
import { silenceText } from '@/components/source/log-source-state'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { showToast } from '@/components/ui/toast'
import { failureOf } from '@/lib/queries/failure'
import { currentGapsOptions } from '@/lib/queries/log-sources'
import { useRemoveDemo } from '@/lib/queries/status'
import { useRefusal } from './current-user'

const ConfirmDialog = dynamic(() => import('@/components/ui/dialog').then((module) => module.ConfirmDialog), { ssr: false })

/** On every page while demo data is in the stores. */
export function DemoBanner() {
  const [asking, setAsking] = useState(false)
  const refusal = useRefusal('demo:remove')
  const remove = useRemoveDemo()
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: ({ removedAlarms }) => {
        setAsking(false)
        showToast({ title: 'Demo data removed', description: `${plural(removedAlarms, 'alarm')} and the events behind them are gone.` })
      },
      onError: (error) => showToast({ title: 'The demo data was not removed', description: failureOf(error).detail, tone: 'danger' }),
    })
  return (
    <section
      aria-label="Demo data"
      data-print="hide"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 border-warn-line/60 border-b bg-warn-soft px-4 py-1.5 text-sm sm:px-7"
    >
      <Icon name="info" className="shrink-0 text-warn" />
      <p className="m-0 min-w-0 flex-1 basis-64">
        <strong className="font-semibold">Demo data.</strong> Recorded tunnels, replayed. None of these alarms is about your network.
        {refusal === null ? null : ' An admin can remove it.'}
      </p>
      {refusal === null ? (
        <Button size="sm" icon="trash" onClick={() => setAsking(true)}>
          Remove demo data
        </Button>
      ) : null}
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title="Remove the demo data?"
          description="Its events, alarms and the decisions made on them are deleted. What you imported yourself stays. The demo cannot be brought back from here."
          confirmLabel="Remove demo data"
          pending={remove.isPending}
          onConfirm={confirm}
          danger
        />
      )}
    </section>
  )
}

/** On every page while a log source is silent: a calm queue then proves less than it seems to. */
export function GapBanner() {
  const { data } = useQuery(currentGapsOptions())
  const { now } = useClock()
  const text = silenceText(data?.gaps ?? [], now)
  if (text === null) return null
  return (
    <div
      role="status"
      data-print="hide"
      className="flex items-start gap-3 border-danger-line border-b bg-danger-soft px-4 py-1.5 text-sm sm:px-7"
    >
      <Icon name="warning" className="mt-0.5 shrink-0 text-danger" />
      <p className="wrap-anywhere m-0">
        <strong className="font-semibold">
          <InertText text={text} />.
        </strong>{' '}
        What happened meanwhile was not seen. <Link href="/sources">See the sources</Link>
      </p>
    </div>
  )
}

export type EngineTrouble = 'starting' | 'down' | 'unreachable'

const TROUBLE: Readonly<Record<EngineTrouble, { readonly title: string; readonly text: string }>> = {
  starting: { title: 'The engine is starting.', text: 'Uploads wait until it is ready.' },
  down: {
    title: 'The engine is down.',
    text: 'Nothing is being analysed: an empty queue proves nothing until it is back. It restarts by itself; if this stays, look at the server’s log.',
  },
  unreachable: { title: 'No connection to the server.', text: 'What you see may be out of date.' },
}

export function EngineBanner({ trouble }: { readonly trouble: EngineTrouble }) {
  const { title, text } = TROUBLE[trouble]
  return (
    <div
      role="status"
      data-print="hide"
      className={`flex items-start gap-3 border-b px-4 py-1.5 text-sm sm:px-7 ${trouble === 'starting' ? 'border-line bg-sunken' : 'border-danger-line bg-danger-soft'}`}
    >
      <Icon
        name={trouble === 'starting' ? 'clock' : 'error'}
        className={`mt-0.5 shrink-0 ${trouble === 'starting' ? '' : 'text-danger'}`}
      />
      <p className="m-0">
        <strong className="font-semibold">{title}</strong> {text}
      </p>
    </div>
  )
}
