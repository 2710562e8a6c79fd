'use client'
import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { Icon } from './icon'

export interface FieldProps {
  readonly label: ReactNode
  /** Visually hidden labels are still read out. */
  readonly hideLabel?: boolean
  readonly description?: ReactNode
  /** Shown below the control, tied to it and announced; null when all is well. */
  readonly error?: string | null
  readonly optional?: boolean
  readonly className?: string
}

export const CONTROL =
  'w-full rounded-md border border-line-strong bg-surface text-ink text-base transition-colors placeholder:text-faint hover:border-muted data-[invalid]:border-danger aria-invalid:border-danger disabled:opacity-60'

export const LABEL = 'font-medium text-ink text-sm'

/** Label, control, description and error of one field; the wiring of ids is Base UI's. */
export function FieldFrame({
  label,
  hideLabel = false,
  description,
  error,
  optional = false,
  className,
  children,
}: FieldProps & { readonly children: ReactNode }) {
  return (
    <Base.Root invalid={Boolean(error)} className={cx('flex min-w-0 flex-col gap-1', className)}>
      <Base.Label className={hideLabel ? 'sr-only' : LABEL}>
        {label}
        {optional ? <span className="font-normal text-faint"> (optional)</span> : null}
      </Base.Label>
      {children}
      {description ? <Base.Description className="m-0 text-muted text-xs">{description}</Base.Description> : null}
      <FieldError error={error ?? null} />
    </Base.Root>
  )
}

/** Inside a Base UI field root. */
export function FieldError({ error }: { readonly error: string | null }) {
  return (
    <Base.Error match={Boolean(error)} role="alert" className="flex items-start gap-1 text-danger text-xs">
      <Icon name="error" size={14} className="mt-px shrink-0" />
      <span>{error}</span>
    </Base.Error>
  )
}
