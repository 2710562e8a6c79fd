import { cx } from './cx'

interface ProgressProps {
  readonly label: string
  /** 0–1; null while how long it takes is unknown. */
  readonly value: number | null
  readonly className?: string
}

export function Progress({ label, value, className }: ProgressProps) {
  const percent = value === null ? null : Math.round(Math.min(Math.max(value, 0), 1) * 100)
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
      className={cx('h-1.5 overflow-hidden rounded-full bg-line', className)}
    >
      <div
        style={{ width: percent === null ? '100%' : `${percent}%` }}
        className={cx(
          'h-full rounded-full bg-accent-fill transition-[width]',
          percent === null &&
            'animate-stripe bg-[repeating-linear-gradient(110deg,transparent_0_8px,rgb(255_255_255/0.28)_8px_16px)] bg-[length:24px_100%]',
        )}
      />
    </div>
  )
}
