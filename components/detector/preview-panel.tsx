'use client'
import Link from 'next/link'
import { useState } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { Select } from '@/components/ui/select'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { PreviewedAlarm, PreviewOutcome, PreviewView } from '@/lib/api/contracts/detectors'
import { failureOf } from '@/lib/queries/failure'
import { previewSentence, reachSentence } from './preview-words'

const SPANS = [
  { value: '1', label: 'Last day' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
  { value: 'all', label: 'All that is stored' },
] as const
type Span = (typeof SPANS)[number]['value']

interface PreviewPanelProps {
  readonly view: PreviewView | null
  readonly isRunning: boolean
  readonly error: unknown
  /** It is of other settings than those in the form. */
  readonly isStale: boolean
  /** Why it cannot be started; null when it can. */
  readonly disabledReason: string | null
  readonly onStart: (days: number | null) => void
  readonly onCancel: () => void
}

/** What the settings in the form would have raised and dropped, before anything is saved. */
export function PreviewPanel({ view, isRunning, error, isStale, disabledReason, onStart, onCancel }: PreviewPanelProps) {
  const [span, setSpan] = useState<Span>('7')
  const failure = error === null ? null : failureOf(error)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <Select label="Stored history" className="w-44" value={span} onValueChange={setSpan} options={SPANS} />
        <Button
          icon="eye"
          pending={isRunning}
          disabledReason={disabledReason}
          onClick={() => onStart(span === 'all' ? null : Number(span))}
        >
          Preview the change
        </Button>
        {isRunning ? <Button onClick={onCancel}>Cancel</Button> : null}
      </div>
      {isRunning ? <Progress label="Running the detector over stored events" value={view?.progress ?? null} /> : null}
      {failure === null ? null : <ErrorPanel title="The preview did not run" detail={failure.detail} requestId={failure.requestId} />}
      {view?.state === 'failed' ? <ErrorPanel title="The preview failed" detail={view.error} /> : null}
      {view?.state === 'cancelled' ? <Notice live>The preview was cancelled. Nothing was changed.</Notice> : null}
      {view?.result ? <Outcome result={view.result} isStale={isStale} /> : null}
    </div>
  )
}

function Outcome({ result, isStale }: { readonly result: PreviewOutcome; readonly isStale: boolean }) {
  const reach = reachSentence(result)
  return (
    <div className="flex flex-col gap-3" role="status">
      {isStale ? <Notice tone="warn">This preview is of other settings than those in the form. Run it again.</Notice> : null}
      {result.lostTruePositives > 0 ? (
        <Notice tone="danger">
          <strong>
            {plural(result.lostTruePositives, 'alarm')} that a person confirmed as a true positive would not have been raised.
          </strong>{' '}
          They stand first among the dropped ones.
        </Notice>
      ) : null}
      <p className="m-0 text-base">
        <strong className="font-semibold">{previewSentence(result)}</strong>{' '}
        {result.severityChanged > 0 ? `${plural(result.severityChanged, 'alarm')} would have another severity. ` : ''}
        <span className="text-muted">{formatCount(result.events)} events were looked at.</span>
      </p>
      {reach === null ? null : <Notice tone="warn">{reach}</Notice>}
      <Side title="Would be dropped" side={result.dropped} />
      <Side title="Would be raised" side={result.added} />
    </div>
  )
}

function Side({ title, side }: { readonly title: string; readonly side: PreviewOutcome['added'] }) {
  if (side.count === 0) return null
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="m-0 mb-1 font-semibold text-base">
        {title} <span className="tabular font-normal text-faint">{formatCount(side.count)}</span>
      </h3>
      <ul className="m-0 max-h-96 list-none overflow-y-auto rounded-md border border-line bg-surface p-0">
        {side.rows.map((row) => (
          <PreviewedRow key={`${row.zone} ${row.source} ${row.firstSeenAt}`} row={row} />
        ))}
      </ul>
      {side.rows.length < side.count ? (
        <p className="m-0 mt-1 text-faint text-xs">
          The first {formatCount(side.rows.length)} of {formatCount(side.count)}, worst first.
        </p>
      ) : null}
    </section>
  )
}

function PreviewedRow({ row }: { readonly row: PreviewedAlarm }) {
  const isConfirmed = row.reason === 'true-positive'
  return (
    <li className={`border-line border-b px-3 py-2 text-sm last:border-b-0 ${isConfirmed ? 'bg-danger-soft' : ''}`}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <SeverityBadge severity={row.severity} />
        <span className="min-w-0 flex-1 basis-40">
          {row.zone === null ? <span className="text-muted">several zones</span> : <NameText name={row.zone} zone={row.zone} />}
          {row.source === null ? null : (
            <span className="text-muted">
              {' from '}
              <InertText text={row.source} limit={60} /> <SourceName source={row.source} at={row.lastSeenAt} />
            </span>
          )}
        </span>
        {isConfirmed ? <Badge tone="danger">Confirmed true positive</Badge> : row.status === null ? null : <Badge>{row.status}</Badge>}
        <TimeText at={row.lastSeenAt} precision="minute" className="tabular text-faint text-xs" />
        {row.alarmId === null ? null : (
          <Link href={`/alarms/${encodeURIComponent(row.alarmId)}`} className="text-accent text-xs" aria-label={`Open ${row.alarmId}`}>
            {row.alarmId}
          </Link>
        )}
      </div>
      <p className="m-0 text-muted text-xs">
        <InertText text={row.summary} limit={200} />
      </p>
    </li>
  )
}
