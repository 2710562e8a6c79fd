'use client'
import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import { cx } from './cx'
import { Icon, type IconName } from './icon'
import { Kbd } from './kbd'

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly children: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly align?: 'start' | 'center' | 'end'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
}

export function Menu({ trigger, children, side = 'bottom', align = 'start', ...state }: MenuProps) {
  return (
    <Base.Root {...state}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-60 outline-none">
          <Base.Popup className="hairline min-w-48 max-w-[min(24rem,92vw)] rounded-md bg-raised p-1 text-ink shadow-float outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const ITEM =
  'tap flex min-h-7 w-full cursor-pointer select-none items-center gap-2 rounded-sm px-2 py-1 text-base text-ink no-underline outline-none data-[disabled]:cursor-not-allowed data-[highlighted]:bg-hover data-[disabled]:opacity-55'

interface MenuItemProps {
  readonly children: ReactNode
  readonly onSelect: () => void
  readonly icon?: IconName
  readonly shortcut?: string
  readonly danger?: boolean
  readonly disabled?: boolean
  /** Second line: what it does, or why it cannot be chosen. */
  readonly description?: ReactNode
}

export function MenuItem({ children, onSelect, icon, shortcut, danger = false, disabled = false, description }: MenuItemProps) {
  return (
    <Base.Item onClick={onSelect} disabled={disabled} className={cx(ITEM, danger && 'text-danger')}>
      {icon ? <Icon name={icon} className="shrink-0 text-faint" /> : null}
      <span className="min-w-0 flex-1">
        {children}
        {description ? <span className="block text-muted text-xs">{description}</span> : null}
      </span>
      {shortcut ? <Kbd>{shortcut}</Kbd> : null}
    </Base.Item>
  )
}

interface MenuRadioProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly onValueChange: (value: Value) => void
  readonly options: readonly { readonly value: Value; readonly label: string; readonly icon?: IconName; readonly hint?: string }[]
}

/** A choice that takes effect at once; the menu stays open. */
export function MenuRadio<Value extends string>({ label, value, onValueChange, options }: MenuRadioProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className="eyebrow px-2 pt-1.5 pb-0.5">{label}</Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick={false} className={ITEM}>
            {option.icon ? <Icon name={option.icon} className="shrink-0 text-faint" /> : null}
            <span className="flex-1">
              {option.label}
              {option.hint ? <span className="ml-1.5 text-faint text-xs">{option.hint}</span> : null}
            </span>
            <Base.RadioItemIndicator className="text-accent">
              <Icon name="check" size={14} />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line" />
}
