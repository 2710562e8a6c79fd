'use client'
import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useRefusal } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { GetLogSourceResponse, IssuedIntakeKey } from '@/lib/api/contracts/log-sources'
import type { LogSource } from '@/lib/domain/log-source'
import { isKeyed, takesFormat } from '@/lib/domain/log-source-draft'
import { sendersOf } from '@/lib/domain/senders/senders'
import { failureOf } from '@/lib/queries/failure'
import { logSourceOptions, useRemoveLogSource, useSetLogSourcePaused } from '@/lib/queries/log-sources'
import { FormatSetting } from './format-setting'
import { KeyPanel } from './key-panel'
import { KIND_WORDS, placeOf } from './log-source-state'
import { SenderConfigView } from './sender-config-view'
import { SourceHealth } from './source-health'
import { StateBadge } from './state-badge'

interface LogSourceBoardProps {
  readonly logSourceId: string
  /** Which sender's configuration is shown first; null: the first of the kind. */
  readonly senderId: string | null
}

/** One way in: how it does, its keys, its configuration. */
export function LogSourceBoard({ logSourceId, senderId }: LogSourceBoardProps) {
  const { data, error, isPending, refetch, isRefetching } = useQuery(logSourceOptions(logSourceId))
  return (
    <>
      <nav aria-label="Sources" className="mb-3 text-sm">
        <Link href="/sources" className="inline-flex min-h-6 items-center gap-1 text-muted no-underline hover:text-ink">
          <Icon name="chevron-left" size={14} /> Sources
        </Link>
      </nav>
      {data ? (
        <Loaded data={data} senderId={senderId} />
      ) : isPending ? (
        <SkeletonRows rows={5} label="Loading the source" />
      ) : failureOf(error).code === 'not-found' ? (
        <EmptyState kind="first" icon="search" title="There is no such source" actions={<Link href="/sources">All sources</Link>}>
          It was removed. What it brought is still there.
        </EmptyState>
      ) : (
        <ErrorPanel
          title="The source could not be loaded"
          detail={failureOf(error).detail}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      )}
    </>
  )
}

function Loaded({ data: { source, health, keys }, senderId }: { readonly data: GetLogSourceResponse; readonly senderId: string | null }) {
  const [issued, setIssued] = useState<IssuedIntakeKey | null>(null)
  const refusal = useRefusal('source:manage')
  const place = placeOf(source)
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <InertText text={source.name} limit={100} className="wrap-anywhere min-w-0" />
            <StateBadge source={source} health={health} />
          </span>
        }
        description={
          <>
            {KIND_WORDS[source.kind]}
            {place === null ? null : (
              <>
                , <code className="wrap-anywhere text-[0.93em]">{place}</code>
              </>
            )}
            . Added by <InertText text={source.createdByName} /> <TimeText at={source.createdAt} precision="day" />.
          </>
        }
        actions={<Actions source={source} refusal={refusal} />}
      />
      <div className="flex flex-col gap-8">
        <SourceHealth source={source} health={health} />
        {takesFormat(source.kind) ? <FormatSetting key={source.settings.format} source={source} refusal={refusal} /> : null}
        {isKeyed(source.kind) ? <KeyPanel logSourceId={source.id} keys={keys} refusal={refusal} onIssued={setIssued} /> : null}
        <Configuration
          source={source}
          senderId={senderId}
          keyId={issued?.key.id ?? keys.find(({ revokedAt }) => revokedAt === null)?.id ?? null}
          secret={issued?.secret ?? null}
        />
      </div>
    </>
  )
}

function Actions({ source, refusal }: { readonly source: LogSource; readonly refusal: string | null }) {
  const [removing, setRemoving] = useState(false)
  const router = useRouter()
  const pause = useSetLogSourcePaused(source.id)
  const remove = useRemoveLogSource(source.id)
  const isPaused = source.pausedAt !== null
  const togglePause = () =>
    pause.mutate(!isPaused, {
      onSuccess: () => showToast({ title: isPaused ? `${source.name} goes on` : `${source.name} is paused` }),
      onError: (error) => showToast({ title: 'Nothing was changed', description: failureOf(error).detail, tone: 'danger' }),
    })
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        showToast({ title: `${source.name} is removed`, description: 'Its keys are void. What it brought stays.' })
        router.push('/sources' as Route)
      },
      onError: (error) => {
        setRemoving(false)
        showToast({ title: 'The source was not removed', description: failureOf(error).detail, tone: 'danger' })
      },
    })
  return (
    <>
      <Button disabledReason={refusal} pending={pause.isPending} onClick={togglePause}>
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <Button icon="trash" disabledReason={refusal} onClick={() => setRemoving(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${source.name}?`}
        description="Nothing is taken from it any more and its keys are void at once. Its events and alarms stay. A removed source cannot be brought back; pausing can."
        confirmLabel="Remove source"
        danger
        pending={remove.isPending}
        onConfirm={confirm}
      />
    </>
  )
}

interface ConfigurationProps {
  readonly source: LogSource
  readonly senderId: string | null
  readonly keyId: string | null
  readonly secret: string | null
}

function Configuration({ source, senderId, keyId, secret }: ConfigurationProps) {
  const senders = sendersOf(source.kind)
  const [chosen, setChosen] = useState(senderId)
  const sender = senders.find(({ id }) => id === chosen) ?? senders[0]
  if (sender === undefined) return null
  return (
    <section aria-labelledby="configuration" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h2 id="configuration" className="m-0 font-semibold text-lg">
          Configuration of the sender
        </h2>
        {senders.length > 1 ? (
          <Select
            label="Sender"
            hideLabel
            size="sm"
            value={sender.id}
            onValueChange={setChosen}
            options={senders.map(({ id, name }) => ({ value: id, label: name }))}
            className="w-64 max-w-full"
          />
        ) : null}
      </div>
      {isKeyed(source.kind) && secret === null ? (
        <p className="m-0 text-muted text-sm">
          The key stands here only when it is fresh. Put yours in the place of <code>YOUR-KEY</code>, or make a new one.
        </p>
      ) : null}
      <SenderConfigView sender={sender} source={source} keyId={keyId} secret={secret} />
    </section>
  )
}
