import type { ReactNode } from 'react'
import { cx } from './cx'

interface StatProps {
  readonly label: ReactNode
  readonly value: ReactNode
  /** Below the value: what it is compared with, since when, … */
  readonly hint?: ReactNode
  readonly className?: string
}

/** One number with its name. Put several into a `StatList`. */
export function Stat({ label, value, hint, className }: StatProps) {
  return (
    <div className={cx('flex min-w-0 flex-col', className)}>
      <dt className="eyebrow">{label}</dt>
      <dd className="tabular m-0 font-semibold text-xl tracking-tight">{value}</dd>
      {hint ? <dd className="m-0 text-muted text-xs">{hint}</dd> : null}
    </div>
  )
}

export function StatList({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <dl className={cx('m-0 grid grid-cols-2 gap-x-8 gap-y-3 sm:flex sm:flex-wrap', className)}>{children}</dl>
}
