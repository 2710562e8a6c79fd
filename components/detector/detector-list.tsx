'use client'
import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import type { DetectorSummary } from '@/lib/api/contracts/detectors'
import { ALARM_STATUSES } from '@/lib/domain/alarm-status'
import { detectorListOptions } from '@/lib/queries/detectors'
import { failureOf } from '@/lib/queries/failure'
import { alarmsHref } from '@/lib/url/alarms-href'
import { LearningBadge } from './detector-status'

export const detectorHref = (id: string): Route => `/detectors/${encodeURIComponent(id)}` as Route

/** Every detector with what it finds, whether it runs, and what it brought. */
export function DetectorList() {
  const { data, error, isPending, refetch, isRefetching } = useQuery({ ...detectorListOptions(), refetchInterval: 30_000 })
  if (isPending) return <SkeletonRows rows={6} label="Loading the detectors" />
  if (data === undefined)
    return (
      <ErrorPanel
        title="The detectors could not be loaded"
        detail={failureOf(error).detail}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        retrying={isRefetching}
      />
    )
  return (
    <ul className="m-0 list-none rounded-md border border-line bg-surface p-0">
      {data.detectors.map((detector) => (
        <DetectorLine key={detector.id} detector={detector} weekFrom={data.weekFrom} />
      ))}
    </ul>
  )
}

interface DetectorLineProps {
  readonly detector: DetectorSummary
  /** Since when its alarms are counted, epoch ms. */
  readonly weekFrom: number
}

function DetectorLine({ detector, weekFrom }: DetectorLineProps) {
  return (
    <li className="grid gap-x-6 gap-y-2 border-line border-b px-4 py-3 last:border-b-0 lg:grid-cols-[minmax(0,1fr)_13rem_15rem]">
      <div className="min-w-0">
        <h2 className="m-0 flex flex-wrap items-center gap-x-2 gap-y-1 text-base">
          <Link
            href={detectorHref(detector.id)}
            className="font-semibold text-ink decoration-line-strong underline-offset-2 hover:text-accent"
          >
            {detector.title}
          </Link>
          {detector.enabled ? null : <Badge tone="danger">Off</Badge>}
        </h2>
        <p className="m-0 text-muted text-sm">{detector.description}</p>
        <p className="m-0 mt-1 flex flex-wrap gap-x-3 text-faint text-xs">
          <code>{detector.id}</code>
          <span>{detector.techniques.join(', ')}</span>
          <Link href={`${detectorHref(detector.id)}#guide` as Route} className="text-accent">
            Guide<span className="sr-only"> of {detector.title}</span>
          </Link>
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap content-start items-center gap-x-3 gap-y-1 text-sm lg:flex-col lg:items-start">
        <span className="flex items-center gap-2">
          <SeverityBadge severity={detector.severity} /> <span className="tabular text-muted">risk {detector.risk}</span>
        </span>
        <Changed detector={detector} />
        <span className="text-faint text-xs">
          {detector.lookedUntil === null ? (
            'No event since the engine started'
          ) : (
            <>
              Has looked up to <TimeText at={detector.lookedUntil} precision="minute" />
            </>
          )}
        </span>
        <LearningBadge status={detector.status} />
      </div>
      <Week detector={detector} weekFrom={weekFrom} />
    </li>
  )
}

function Changed({ detector }: { readonly detector: DetectorSummary }) {
  if (detector.changed === 0) return <span className="text-muted">Default settings</span>
  return (
    <span className="text-muted">
      {plural(detector.changed, 'setting')} changed
      {detector.changedAt === null ? null : (
        <span className="block text-faint text-xs">
          <InertText text={detector.changedByName ?? ''} limit={30} />, <TimeText at={detector.changedAt} relative />
        </span>
      )}
    </span>
  )
}

const OUTCOMES = [
  { key: 'open', label: 'open' },
  { key: 'escalated', label: 'escalated' },
  { key: 'truePositive', label: 'true positive' },
  { key: 'closedOtherwise', label: 'closed otherwise' },
  { key: 'suppressed', label: 'suppressed' },
] as const

function Week({ detector, weekFrom }: DetectorLineProps) {
  const total = OUTCOMES.reduce((sum, { key }) => sum + detector.week[key], 0)
  const name = 'Alarms of the last 7 days'
  if (total === 0) return <p className="m-0 text-faint text-sm">{name}: none</p>
  return (
    <div className="text-sm">
      <Link
        href={alarmsHref({ detector: [detector.id], status: [...ALARM_STATUSES], from: weekFrom })}
        className="tabular font-medium text-ink decoration-line-strong underline-offset-2 hover:text-accent"
        aria-label={`${plural(total, 'alarm')} of ${detector.title} in the last 7 days`}
      >
        {plural(total, 'alarm')} in 7 days
      </Link>
      <ul aria-label={name} className="m-0 flex list-none flex-wrap gap-x-3 p-0 text-muted text-xs">
        {OUTCOMES.filter(({ key }) => detector.week[key] > 0).map(({ key, label }) => (
          <li key={key} className="tabular">
            {formatCount(detector.week[key])} {label}
          </li>
        ))}
      </ul>
    </div>
  )
}
