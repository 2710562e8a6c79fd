'use client'
import { Button, IconButton } from '@/components/ui/button'
import { formatBytes } from '@/components/ui/format'
import { Icon, type IconName } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { Progress } from '@/components/ui/progress'
import { Spinner } from '@/components/ui/spinner'
import { FailureText } from './failure-text'
import { IntakeResult } from './intake-result'
import { canPause, isOver, type Upload, type UploadPhase } from './upload-state'

interface UploadCardProps {
  readonly upload: Upload
  readonly onCancel: () => void
  readonly onPause: () => void
  readonly onResume: () => void
  readonly onRetry: () => void
  readonly onDismiss: () => void
}

/** One file on its way in, and what became of it. */
export function UploadCard({ upload, onCancel, onPause, onResume, onRetry, onDismiss }: UploadCardProps) {
  const { phase, name, intake, failure } = upload
  return (
    <article aria-label={`Import of ${name}`} className="rounded-md border border-line bg-surface">
      <header className="flex items-center gap-3 px-4 py-2.5">
        <PhaseMark phase={phase} />
        <div className="min-w-0 flex-1">
          <p className="m-0 truncate font-medium text-base">
            <InertText text={name} />
          </p>
          <p role="status" className="tabular m-0 text-muted text-sm">
            {phaseText(upload)}
          </p>
        </div>
        {phase === 'failed' || phase === 'cancelled' ? (
          <Button size="sm" icon="refresh" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
        {canPause(upload) && phase !== 'queued' ? (
          <Button size="sm" icon="pause" onClick={onPause}>
            Pause
          </Button>
        ) : null}
        {phase === 'paused' ? (
          <Button size="sm" icon="play" onClick={onResume}>
            Go on
          </Button>
        ) : null}
        {isOver(upload) ? (
          <IconButton size="sm" icon="close" label={`Put away ${name}`} onClick={onDismiss} />
        ) : (
          <Button size="sm" variant="ghost" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </header>
      {phase === 'sending' || phase === 'lost' || phase === 'paused' || phase === 'analysing' ? (
        <div className="px-4 pb-3">
          <Progress label={`Progress of ${name}`} value={phase !== 'analysing' ? upload.sentBytes / Math.max(upload.size, 1) : null} />
        </div>
      ) : null}
      {failure ? (
        <div className="border-line border-t px-4 py-3">
          <FailureText detail={failure.detail} requestId={failure.requestId} />
        </div>
      ) : null}
      {intake && phase === 'done' ? (
        <div className="border-line border-t px-4 py-3">
          <IntakeResult intake={intake} />
        </div>
      ) : null}
    </article>
  )
}

const MARK: Partial<Record<UploadPhase, { readonly icon: IconName; readonly className: string }>> = {
  queued: { icon: 'clock', className: 'text-faint' },
  lost: { icon: 'warning', className: 'text-warn' },
  paused: { icon: 'pause', className: 'text-faint' },
  done: { icon: 'check', className: 'text-accent' },
  failed: { icon: 'error', className: 'text-danger' },
  cancelled: { icon: 'close', className: 'text-faint' },
}

function PhaseMark({ phase }: { readonly phase: UploadPhase }) {
  const mark = MARK[phase]
  return (
    <span className="flex w-4 justify-center text-accent">{mark ? <Icon name={mark.icon} className={mark.className} /> : <Spinner />}</span>
  )
}

/** How far it is, in words. */
export function phaseText({ phase, size, sentBytes, rate, intake }: Upload): string {
  switch (phase) {
    case 'queued':
      return `${formatBytes(size)}, waiting for the one before`
    case 'sending':
      return `${formatBytes(sentBytes)} of ${formatBytes(size)}${rate === null ? '' : `, ${formatBytes(rate)}/s`}`
    case 'lost':
      return `Connection lost at ${formatBytes(sentBytes)} of ${formatBytes(size)}. It is tried again by itself`
    case 'paused':
      return `Paused at ${formatBytes(sentBytes)} of ${formatBytes(size)}. What arrived is kept for a day`
    case 'analysing':
      return `${formatBytes(size)} sent. The server is reading and analysing it`
    case 'done':
      return `${formatBytes(size)}${intake?.format ? `, ${intake.format}` : ''}`
    case 'failed':
      return 'Not imported'
    case 'cancelled':
      return sentBytes >= size ? 'Cancelled here; the server may still finish it' : 'Cancelled'
  }
}
