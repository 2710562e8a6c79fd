'use client'
import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { type ReactNode, useState } from 'react'
import { useRefusal } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { cx } from '@/components/ui/cx'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCompact } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import type { LogSourceLine } from '@/lib/api/contracts/log-sources'
import { isKeyed } from '@/lib/domain/log-source-draft'
import { failureOf } from '@/lib/queries/failure'
import { logSourceListOptions } from '@/lib/queries/log-sources'
import { AddLogSourceDialog } from './add-log-source-dialog'
import { KIND_WORDS, lagText, placeOf, rateText } from './log-source-state'
import { StateBadge } from './state-badge'

const SOON_MS = 14 * 86_400_000
const DAY_MS = 86_400_000

/** What sends by itself, and how each does. */
export function WaysIn({ formats }: { readonly formats: readonly { readonly id: string; readonly title: string }[] }) {
  const { data, error, isPending, refetch, isRefetching } = useQuery(logSourceListOptions())
  const [adding, setAdding] = useState(false)
  const refusal = useRefusal('source:manage')
  const lines = data?.logSources ?? []
  return (
    <section aria-labelledby="ways-in" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id="ways-in" className="m-0 font-semibold text-lg">
          Ways in
        </h2>
        <Button variant="primary" icon="plus" disabledReason={refusal} onClick={() => setAdding(true)}>
          Add source
        </Button>
      </div>
      {data?.engineAnswers === false ? <Notice tone="warn">The engine does not answer: how the sources do is not known.</Notice> : null}
      {error && data === undefined ? (
        <ErrorPanel
          title="The ways in could not be loaded"
          detail={failureOf(error).detail}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      ) : isPending ? (
        <SkeletonRows rows={2} label="Loading the ways in" />
      ) : lines.length === 0 ? (
        <p className="m-0 rounded-md border border-line-strong/60 border-dashed px-4 py-5 text-muted">
          Nothing sends by itself yet. Add a resolver, an agent, a syslog stream or a file, and alarms come without an upload. Its
          configuration is written for you.
        </p>
      ) : (
        <ul className="m-0 list-none rounded-md border border-line bg-surface p-0">
          {lines.map((line) => (
            <WayIn key={line.source.id} line={line} />
          ))}
        </ul>
      )}
      <AddLogSourceDialog open={adding} onOpenChange={setAdding} live={lines.map(({ source }) => source)} formats={formats} />
    </section>
  )
}

function WayIn({ line: { source, health, liveKeys, keysEndAt } }: { readonly line: LogSourceLine }) {
  const { now } = useClock()
  const place = placeOf(source)
  const keyTrouble = isKeyed(source.kind)
    ? liveKeys === 0
      ? 'No key is valid'
      : keysEndAt !== null && keysEndAt - now < SOON_MS
        ? 'Its key ends soon'
        : null
    : null
  const gaps = health?.gaps.filter(({ toMs }) => toMs === null || toMs > now - DAY_MS).length ?? 0
  return (
    <li className="relative border-line px-4 py-3 not-last:border-b hover:bg-hover">
      <div className="grid gap-x-6 gap-y-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,36rem)] lg:items-center">
        <div className="min-w-0">
          <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              href={`/sources/${encodeURIComponent(source.id)}` as Route}
              className="wrap-anywhere min-w-0 font-medium text-base text-ink no-underline after:absolute after:inset-0 hover:underline"
            >
              <InertText text={source.name} limit={60} />
            </Link>
            <StateBadge source={source} health={health} />
          </div>
          <p className="wrap-anywhere m-0 text-muted text-sm">
            {KIND_WORDS[source.kind]}
            {place === null ? null : (
              <>
                , <code className="text-[0.93em]">{place}</code>
              </>
            )}
            {keyTrouble === null ? null : <strong className="font-medium text-warn">. {keyTrouble}</strong>}
          </p>
          {health?.error && source.pausedAt === null ? (
            <p className="wrap-anywhere m-0 text-danger text-sm">
              <InertText text={health.error} limit={200} />
            </p>
          ) : null}
        </div>
        <dl className="m-0 grid grid-cols-3 gap-x-4 gap-y-2 sm:grid-cols-5">
          <Figure label="Last event">{health?.lastEventAt == null ? '–' : <TimeText at={health.lastEventAt} relative />}</Figure>
          <Figure label="Lag">{lagText(health?.lagMs ?? null)}</Figure>
          <Figure label="Events/s">{health === null ? '–' : rateText(health.eventsPerSecond)}</Figure>
          <Figure label="Rejected" strong={(health?.rejected ?? 0) > 0}>
            {health === null ? '–' : formatCompact(health.rejected)}
          </Figure>
          <Figure label="Gaps, 24 h" strong={gaps > 0}>
            {health === null ? '–' : String(gaps)}
          </Figure>
        </dl>
      </div>
    </li>
  )
}

function Figure({ label, strong = false, children }: { readonly label: string; readonly strong?: boolean; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{label}</dt>
      <dd className={cx('tabular m-0 text-sm', strong && 'font-semibold')}>{children}</dd>
    </div>
  )
}
