'use client'
import { Field } from '@base-ui/react/field'
import { Select as Base } from '@base-ui/react/select'
import type { ReactNode } from 'react'
import { cx } from './cx'
import { CONTROL, FieldError, type FieldProps, LABEL } from './field'
import { Icon } from './icon'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly description?: ReactNode
  readonly disabled?: boolean
}

interface SelectProps<Value extends string> extends Omit<FieldProps, 'optional'> {
  readonly value: Value | null
  readonly onValueChange: (value: Value) => void
  readonly options: readonly SelectOption<Value>[]
  readonly placeholder?: string
  readonly disabled?: boolean
  readonly size?: 'sm' | 'md'
  readonly name?: string
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hideLabel = false, description, error, className, value, onValueChange, options, size = 'md' } = props
  return (
    <Field.Root invalid={Boolean(error)} className={cx('flex min-w-0 flex-col gap-1', className)}>
      <Base.Root
        items={options.map((option) => ({ value: option.value, label: option.label }))}
        value={value}
        onValueChange={(next) => {
          if (next !== null) onValueChange(next as Value)
        }}
        disabled={props.disabled ?? false}
        {...(props.name ? { name: props.name } : {})}
      >
        <Base.Label className={hideLabel ? 'sr-only' : LABEL}>{label}</Base.Label>
        <Base.Trigger
          // Base UI ties the label on in the browser; this names it in the server's HTML too.
          {...(typeof label === 'string' ? { 'aria-label': label } : {})}
          className={cx(CONTROL, 'tap flex items-center justify-between gap-2 pr-1.5 pl-2.5', size === 'sm' ? 'h-7 text-sm' : 'h-8')}
        >
          <Base.Value className="truncate data-[placeholder]:text-faint" placeholder={props.placeholder ?? 'Choose'} />
          <Base.Icon className="text-faint">
            <Icon name="up-down" size={14} />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className="z-60 outline-none" sideOffset={4} alignItemWithTrigger={false}>
            <Base.Popup className="hairline min-w-(--anchor-width) max-w-[min(26rem,92vw)] rounded-md bg-raised text-ink shadow-float transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
              <Base.List className="max-h-[min(var(--available-height),22rem)] overflow-y-auto p-1">
                {options.map((option) => (
                  <SelectLine key={option.value} option={option} />
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
      {description ? <Field.Description className="m-0 text-muted text-xs">{description}</Field.Description> : null}
      <FieldError error={error ?? null} />
    </Field.Root>
  )
}

function SelectLine<Value extends string>({ option }: { readonly option: SelectOption<Value> }) {
  return (
    <Base.Item
      value={option.value}
      disabled={option.disabled ?? false}
      className="grid min-h-7 cursor-pointer select-none grid-cols-[16px_1fr] items-start gap-x-2 rounded-sm px-2 py-1 text-base outline-none data-[disabled]:cursor-not-allowed data-[highlighted]:bg-hover data-[disabled]:opacity-55"
    >
      <Base.ItemIndicator className="col-start-1 mt-0.5 text-accent">
        <Icon name="check" size={14} />
      </Base.ItemIndicator>
      <span className="col-start-2 min-w-0">
        <Base.ItemText className="block">{option.label}</Base.ItemText>
        {option.description ? <span className="block text-muted text-xs">{option.description}</span> : null}
      </span>
    </Base.Item>
  )
}
