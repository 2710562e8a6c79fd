'use client'
import { Field as Base } from '@base-ui/react/field'
import type { ComponentPropsWithRef } from 'react'
import { cx } from './cx'
import { CONTROL, FieldFrame, type FieldProps } from './field'
import { given } from './text-field'

type Native = Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'onChange' | 'value' | 'defaultValue'>

export interface TextAreaProps extends FieldProps, Native {
  readonly value: string
  readonly onValueChange: (value: string) => void
}

export function TextArea(props: TextAreaProps) {
  const { label, hideLabel, description, error, optional, className, value, onValueChange, rows = 3, ...native } = props
  return (
    <FieldFrame {...given({ label, hideLabel, description, error, optional, className })}>
      <Base.Control
        value={value}
        onValueChange={onValueChange}
        render={<textarea {...native} rows={rows} />}
        className={cx(CONTROL, 'resize-y px-2.5 py-1.5')}
      />
    </FieldFrame>
  )
}
