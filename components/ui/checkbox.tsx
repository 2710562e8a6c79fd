'use client'
import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Field } from '@base-ui/react/field'
import { cx } from './cx'
import { FieldError, type FieldProps } from './field'
import { Icon } from './icon'

interface CheckboxProps extends Omit<FieldProps, 'optional'> {
  readonly checked: boolean
  readonly onCheckedChange: (checked: boolean) => void
  readonly indeterminate?: boolean
  readonly disabled?: boolean
}

export function Checkbox({ label, hideLabel = false, description, error, className, indeterminate = false, ...control }: CheckboxProps) {
  return (
    <Field.Root invalid={Boolean(error)} className={cx('flex min-w-0 flex-col gap-0.5', className)}>
      <Field.Label className="flex cursor-pointer items-start gap-2 py-0.5 text-base">
        <Base.Root
          {...control}
          indeterminate={indeterminate}
          className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-xs border border-line-strong bg-surface text-accent-ink data-[checked]:border-accent-fill data-[indeterminate]:border-accent-fill data-[checked]:bg-accent-fill data-[indeterminate]:bg-accent-fill data-[disabled]:opacity-50"
        >
          <Base.Indicator>
            <Icon name={indeterminate ? 'minus' : 'check'} size={14} />
          </Base.Indicator>
        </Base.Root>
        <span className={hideLabel ? 'sr-only' : undefined}>{label}</span>
      </Field.Label>
      {description ? <Field.Description className="m-0 pl-6 text-muted text-xs">{description}</Field.Description> : null}
      <FieldError error={error ?? null} />
    </Field.Root>
  )
}
