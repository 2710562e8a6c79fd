'use client'

import { type FormEvent, type ReactNode, useEffect, useEffectEvent } from 'react'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'

interface SheetFormProps {
  readonly submitLabel: string
  readonly onSubmit: () => void
  readonly onCancel: () => void
  readonly disabledReason?: string | null
  readonly pending?: boolean
  readonly danger?: boolean
  /** The key shown on the button. */
  readonly submitKey?: string
  /** The submit button gets the focus when the sheet opens. */
  readonly focusSubmit?: boolean
  readonly children: ReactNode
}

/** A sheet's form: Ctrl+Enter (⌘+Enter) submits from anywhere, also from a text field. */
export function SheetForm(props: SheetFormProps) {
  const { submitLabel, onSubmit, onCancel, disabledReason, pending = false, submitKey = 'Ctrl ↵', focusSubmit = false, children } = props
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    if (!disabledReason && !pending) onSubmit()
  }
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    submit()
  })
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
  return (
    <form onSubmit={submit} className="flex flex-col gap-4" noValidate>
      {children}
      <div className="sticky -bottom-5 z-1 -mx-5 -mb-5 flex flex-wrap items-center justify-end gap-2 border-line border-t bg-raised px-5 py-3">
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          {...(focusSubmit && { 'data-autofocus': '' })}
          type="submit"
          variant={props.danger ? 'danger' : 'primary'}
          pending={pending}
          disabledReason={disabledReason ?? null}
          aria-keyshortcuts={submitKey === '↵' ? 'Enter' : 'Control+Enter'}
        >
          {submitLabel}
        </Button>
        <span className="hidden sm:inline">
          <Kbd>{submitKey}</Kbd>
        </span>
      </div>
    </form>
  )
}
