import type { ReactNode } from 'react'
import { cx } from './cx'
import { Icon, type IconName } from './icon'

export type EmptyKind =
  /** Nothing here because nothing has happened yet. */
  | 'first'
  /** Nothing here because all is well. */
  | 'clear'
  /** Something exists, the filter hides it. */
  | 'filtered'
  /** The role may not see or do it. */
  | 'forbidden'
  /** Nothing can be seen: an empty list proves nothing. */
  | 'blind'

const LOOK: Readonly<Record<EmptyKind, { icon: IconName; frame: string; mark: string }>> = {
  first: { icon: 'upload', frame: 'border-dashed border-line-strong/60', mark: 'text-accent bg-accent-soft' },
  clear: { icon: 'check', frame: 'border-line', mark: 'text-muted bg-sunken' },
  filtered: { icon: 'filter', frame: 'border-line', mark: 'text-muted bg-sunken' },
  forbidden: { icon: 'lock', frame: 'border-line bg-sunken/50', mark: 'text-warn bg-warn-soft' },
  blind: { icon: 'warning', frame: 'border-danger-line', mark: 'text-danger bg-danger-soft' },
}

interface EmptyStateProps {
  readonly kind: EmptyKind
  readonly title: ReactNode
  readonly children?: ReactNode
  /** What to do about it. */
  readonly actions?: ReactNode
  readonly icon?: IconName
  readonly className?: string
}

/** Five kinds of nothing, each with its own picture, so that "clear" is never mistaken for "blind". */
export function EmptyState({ kind, title, children, actions, icon, className }: EmptyStateProps) {
  const look = LOOK[kind]
  return (
    <section data-empty={kind} className={cx('rounded-md border px-6 py-10', look.frame, className)}>
      <div className="mx-auto flex max-w-lg flex-col items-center gap-2 text-center">
        <span className={cx('mb-1 inline-flex size-9 items-center justify-center rounded-full', look.mark)}>
          <Icon name={icon ?? look.icon} size={18} />
        </span>
        <h2 className="m-0 font-semibold text-lg">{title}</h2>
        {children ? <div className="text-base text-muted">{children}</div> : null}
        {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
      </div>
    </section>
  )
}
