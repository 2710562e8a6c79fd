'use client'

import { useQuery } from '@tanstack/react-query'
import { Panel } from '@/components/alarm/panel'
import { Badge } from '@/components/ui/badge'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Stat, StatList } from '@/components/ui/stat'
import { TimeText } from '@/components/ui/time-text'
import type { DetectorSummary } from '@/lib/api/contracts/detectors'
import type { DetectorStatus } from '@/lib/domain/detector-status'
import { detectorListOptions } from '@/lib/queries/detectors'
import { failureOf } from '@/lib/queries/failure'

type Runs = NonNullable<DetectorStatus['runs']>
type Learning = NonNullable<DetectorStatus['learning']>

/** "9 of 24 quiet hours", what is missing most first. */
export function missingOf({ parts }: Learning): string | null {
  const [worst] = parts
    .flatMap(({ label, have, need }) => (need === null || have >= need ? [] : [{ label, have, need, share: have / need }]))
    .toSorted((a, b) => a.share - b.share)
  return worst === undefined ? null : `${formatCount(worst.have)} of ${formatCount(worst.need)} ${worst.label.toLowerCase()}`
}

/** Whether a detector knows this network yet; nothing for one that learns nothing. */
export function LearningBadge({ status }: { readonly status: DetectorStatus | null }) {
  if (status === null || status.learning === null) return null
  if (status.learning.warm) return <span className="text-muted text-xs">Has learned this network</span>
  const missing = missingOf(status.learning)
  return <Badge tone="warn">Still learning{missing === null ? '' : `: ${missing}`}</Badge>
}

/** Runs that were due up to the newest event looked at and are not made yet: they follow event time, so a stop delays them and loses none. */
export function runsBehind({ lastAt, nextAt }: Runs, lookedUntil: number | null): { readonly value: string; readonly hint: string } {
  if (lastAt === null || lookedUntil === null) return { value: 'not known', hint: 'no run since the engine started' }
  if (nextAt === null) return { value: '0', hint: 'nothing came since the last run' }
  const behind = lookedUntil < nextAt ? 0 : 1 + Math.floor((lookedUntil - nextAt) / Math.max(1, nextAt - lastAt))
  return { value: formatCount(behind), hint: behind === 0 ? 'every run that was due is made' : 'due by event time, not made yet' }
}

/** How far the running detector is: what it has looked at, what it learned, when it runs. */
export function DetectorState({ detectorId }: { readonly detectorId: string }) {
  const { data, error, isPending, refetch, isRefetching } = useQuery({ ...detectorListOptions(), refetchInterval: 30_000 })
  const detector = data?.detectors.find(({ id }) => id === detectorId)
  return (
    <Panel id="state" title="State" description="As the engine tells it; times are those of the events.">
      {isPending ? (
        <SkeletonRows rows={4} label="Asking the engine" />
      ) : detector === undefined ? (
        <ErrorPanel
          title="The state could not be read"
          detail={error === null ? 'The engine does not know this detector.' : failureOf(error).detail}
          requestId={error === null ? null : failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      ) : (
        <State detector={detector} />
      )}
    </Panel>
  )
}

function State({ detector: { enabled, lookedUntil, status } }: { readonly detector: DetectorSummary }) {
  if (!enabled) return <p className="m-0 text-muted">Switched off: it sees nothing and learns nothing.</p>
  const runs = status?.runs ?? null
  return (
    <div className="flex flex-col gap-4">
      <StatList>
        <Stat
          label="Looked up to"
          value={lookedUntil === null ? 'nothing yet' : <TimeText at={lookedUntil} precision="minute" />}
          hint={lookedUntil === null ? 'since the engine started' : 'event time'}
        />
        {runs !== null && (
          <>
            <Stat
              label="Last run"
              value={runs.lastAt === null ? 'none yet' : <TimeText at={runs.lastAt} precision="minute" />}
              hint={
                runs.nextAt === null ? (
                  'the next follows the next event'
                ) : (
                  <>
                    next at <TimeText at={runs.nextAt} precision="minute" />
                  </>
                )
              }
            />
            <Stat label="Runs behind" {...runsBehind(runs, lookedUntil)} />
          </>
        )}
      </StatList>
      {status === null && lookedUntil === null ? (
        <p className="m-0 max-w-[72ch] text-muted text-sm">
          No event came since the engine started. What was learned before is kept, and taken up again with the next one.
        </p>
      ) : null}
      {status?.learning == null ? null : <Learned learning={status.learning} />}
    </div>
  )
}

function Learned({ learning }: { readonly learning: Learning }) {
  return (
    <div>
      <h3 className="m-0 mb-1 flex items-center gap-2 font-medium text-base">
        What it learned
        {learning.warm ? <Badge tone="accent">settled</Badge> : <Badge tone="warn">still learning</Badge>}
      </h3>
      <p className="m-0 max-w-[72ch] text-muted text-sm">{learning.sentence}</p>
      <dl className="m-0 mt-3 grid max-w-2xl gap-x-8 gap-y-3 sm:grid-cols-3">
        {learning.parts.map(({ label, have, need }) => (
          <div key={label} className="min-w-0">
            <dt className="eyebrow">{label}</dt>
            <dd className="tabular m-0">
              {formatCount(have)}
              {need === null ? '' : <span className="text-muted"> of {formatCount(need)} needed</span>}
            </dd>
            {need !== null && (
              <dd aria-hidden="true" className="m-0 mt-1 h-1 rounded-full bg-line">
                <span className="block h-1 rounded-full bg-chart-series" style={{ width: `${Math.min(100, (100 * have) / need)}%` }} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  )
}
