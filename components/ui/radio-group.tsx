'use client'
import { Field } from '@base-ui/react/field'
import { Fieldset } from '@base-ui/react/fieldset'
import { Radio } from '@base-ui/react/radio'
import { RadioGroup as Base } from '@base-ui/react/radio-group'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { FieldError, LABEL } from './field'
import { Kbd } from './kbd'

export interface RadioOption<Value extends string> {
  readonly value: Value
  readonly label: ReactNode
  /** One sentence that says when to choose it. */
  readonly description?: ReactNode
  /** The key that chooses it, shown at the end of the line; the caller listens for it. */
  readonly shortcut?: string
  readonly disabled?: boolean
}

interface RadioGroupProps<Value extends string> {
  readonly label: ReactNode
  readonly hideLabel?: boolean
  readonly value: Value | null
  readonly onValueChange: (value: Value) => void
  readonly options: readonly RadioOption<Value>[]
  readonly error?: string | null
  readonly description?: ReactNode
  readonly orientation?: 'vertical' | 'horizontal'
  readonly className?: string
}

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hideLabel = false, value, onValueChange, options, error, description, orientation = 'vertical', className } = props
  return (
    <Field.Root invalid={Boolean(error)} className={cx('min-w-0', className)}>
      <Fieldset.Root
        render={<Base value={value} onValueChange={(next) => onValueChange(next as Value)} />}
        className="m-0 flex min-w-0 flex-col gap-1 border-0 p-0"
      >
        <Fieldset.Legend className={hideLabel ? 'sr-only' : LABEL}>{label}</Fieldset.Legend>
        <div className={orientation === 'vertical' ? 'flex flex-col' : 'flex flex-wrap gap-x-4'}>
          {options.map((option) => (
            <RadioLine key={option.value} option={option} />
          ))}
        </div>
      </Fieldset.Root>
      {description ? <Field.Description className="m-0 mt-1 text-muted text-xs">{description}</Field.Description> : null}
      <FieldError error={error ?? null} />
    </Field.Root>
  )
}

function RadioLine<Value extends string>({ option }: { readonly option: RadioOption<Value> }) {
  return (
    <Field.Item>
      <Field.Label className="flex min-h-7 cursor-pointer items-start gap-2 rounded-sm px-1 py-1 text-base hover:bg-hover has-data-[checked]:bg-selected has-data-[disabled]:cursor-not-allowed has-data-[disabled]:opacity-55">
        <Radio.Root
          value={option.value}
          disabled={option.disabled ?? false}
          className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-line-strong bg-surface data-[checked]:border-accent-fill data-[checked]:bg-accent-fill"
        >
          <Radio.Indicator className="size-1.5 rounded-full bg-accent-ink" />
        </Radio.Root>
        <span className="min-w-0 flex-1">
          <span className="block">{option.label}</span>
          {option.description ? <span className="block text-muted text-xs">{option.description}</span> : null}
        </span>
        {option.shortcut ? <Kbd>{option.shortcut}</Kbd> : null}
      </Field.Label>
    </Field.Item>
  )
}
