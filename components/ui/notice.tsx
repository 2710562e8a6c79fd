import type { ReactNode } from 'react'
import { cx } from './cx'
import { Icon, type IconName } from './icon'

type NoticeTone = 'neutral' | 'warn' | 'danger'
const LOOK: Readonly<Record<NoticeTone, { box: string; mark: string; icon: IconName }>> = {
  neutral: { box: 'border-line bg-sunken/60', mark: 'text-faint', icon: 'info' },
  warn: { box: 'border-warn-line bg-warn-soft', mark: 'text-warn', icon: 'warning' },
  danger: { box: 'border-danger-line bg-danger-soft', mark: 'text-danger', icon: 'error' },
}

/** Something the reader must know to judge what is beside it. */
export function Notice({
  tone = 'neutral',
  children,
  className,
  live = false,
}: {
  readonly tone?: NoticeTone
  readonly children: ReactNode
  readonly className?: string
  /** Announce it when it appears. */
  readonly live?: boolean
}) {
  const { box, mark, icon } = LOOK[tone]
  return (
    <div role={live ? 'status' : undefined} className={cx('flex items-start gap-2 rounded-md border px-3 py-2 text-sm', box, className)}>
      <Icon name={icon} className={cx('mt-0.5 shrink-0', mark)} />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}
