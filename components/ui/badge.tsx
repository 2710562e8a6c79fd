import type { ReactNode } from 'react'
import { cx } from './cx'

export type Tone = 'neutral' | 'accent' | 'warn' | 'danger'
const TONE: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-muted border-line',
  accent: 'bg-accent-soft text-accent border-transparent',
  warn: 'bg-warn-soft text-warn border-warn-line/60',
  danger: 'bg-danger-soft text-danger border-danger-line/60',
}

/** A short fact beside something. Its words carry the meaning, the tone repeats it. */
export function Badge({
  tone = 'neutral',
  children,
  className,
}: {
  readonly tone?: Tone
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm border px-1.5 font-medium text-xs',
        TONE[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
