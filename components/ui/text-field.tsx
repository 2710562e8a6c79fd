'use client'
import { Field as Base } from '@base-ui/react/field'
import { type ComponentPropsWithRef, useState } from 'react'
import { IconButton } from './button'
import { cx } from './cx'
import { CONTROL, FieldFrame, type FieldProps } from './field'

type Native = Omit<ComponentPropsWithRef<'input'>, 'className' | 'onChange' | 'value' | 'defaultValue' | 'type'>

export interface TextFieldProps extends FieldProps, Native {
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly type?: 'text' | 'email' | 'search' | 'url'
  /** Names, hashes, addresses. */
  readonly mono?: boolean
}

export function TextField(props: TextFieldProps) {
  const { label, hideLabel, description, error, optional, className, value, onValueChange, mono = false, ...native } = props
  return (
    <FieldFrame {...given({ label, hideLabel, description, error, optional, className })}>
      <Base.Control
        {...native}
        value={value}
        onValueChange={onValueChange}
        className={cx(CONTROL, 'tap h-8 px-2.5', mono && 'font-mono text-sm')}
      />
    </FieldFrame>
  )
}

/** A password with a button that shows it. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'mono'>) {
  const [shown, setShown] = useState(false)
  const { label, hideLabel, description, error, optional, className, value, onValueChange, ...native } = props
  return (
    <FieldFrame {...given({ label, hideLabel, description, error, optional, className })}>
      <div className="relative">
        <Base.Control
          {...native}
          type={shown ? 'text' : 'password'}
          value={value}
          onValueChange={onValueChange}
          spellCheck={false}
          className={cx(CONTROL, 'tap h-8 pr-10 pl-2.5')}
        />
        <IconButton
          icon={shown ? 'eye-off' : 'eye'}
          label={shown ? 'Hide password' : 'Show password'}
          aria-pressed={shown}
          size="sm"
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
          onClick={() => setShown(!shown)}
        />
      </div>
    </FieldFrame>
  )
}

/** Leaves out what was not given: `exactOptionalPropertyTypes` tells absent from undefined. */
export function given<T extends object>(props: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
