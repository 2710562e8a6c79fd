'use client'
import type { ReactNode } from 'react'
import { Button } from './button'
import { cx } from './cx'
import { Icon } from './icon'

interface ErrorPanelProps {
  /** What could not be done: "The alarms could not be loaded". */
  readonly title: string
  /** Why, as far as it is known. */
  readonly detail?: ReactNode
  /** To find it in the server's log. */
  readonly requestId?: string | null
  readonly onRetry?: () => void
  readonly retrying?: boolean
  readonly actions?: ReactNode
  readonly className?: string
}

/** One part of a page failed; the rest goes on. */
export function ErrorPanel({ title, detail, requestId, onRetry, retrying = false, actions, className }: ErrorPanelProps) {
  return (
    <div role="alert" className={cx('flex items-start gap-3 rounded-md border border-danger-line bg-danger-soft px-4 py-3', className)}>
      <Icon name="error" className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="m-0 font-semibold text-base">{title}</p>
        {detail ? <div className="wrap-anywhere text-muted text-sm">{detail}</div> : null}
        {requestId ? (
          <p className="m-0 mt-1 text-faint text-xs">
            Request <code>{requestId}</code>
          </p>
        ) : null}
        {onRetry || actions ? (
          <div className="mt-2.5 flex flex-wrap gap-2">
            {onRetry ? (
              <Button size="sm" icon="refresh" pending={retrying} onClick={onRetry}>
                Try again
              </Button>
            ) : null}
            {actions}
          </div>
        ) : null}
      </div>
    </div>
  )
}
