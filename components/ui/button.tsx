'use client'
import { type ComponentPropsWithRef, type MouseEvent, useId } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class'
import { cx } from './cx'
import { Icon, type IconName } from './icon'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

export interface ButtonProps extends Omit<ComponentPropsWithRef<'button'>, 'disabled'> {
  readonly variant?: ButtonVariant
  readonly size?: ButtonSize
  readonly icon?: IconName
  /** Shows that work is under way and ignores further presses; focus stays. */
  readonly pending?: boolean
  readonly disabled?: boolean
  /** Why it cannot be pressed. The button stays focusable, so that the reason can be read and heard. */
  readonly disabledReason?: string | null
}

export function Button(props: ButtonProps) {
  const button = <BareButton {...props} />
  // Who may give a reason gets the same elements with one and without: a button made anew would lose the focus.
  return props.disabledReason === undefined ? button : <Tooltip content={props.disabledReason}>{button}</Tooltip>
}

/** A button without a hint; its reason is there to be heard. */
function BareButton({ disabledReason, pending = false, disabled = false, ...props }: ButtonProps) {
  const reasonId = useId()
  const { variant, size, icon, children, className, onClick, type = 'button', ...rest } = props
  const inert = pending || Boolean(disabledReason)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <>
      <button
        {...rest}
        type={type}
        disabled={disabled && !inert}
        aria-disabled={inert || undefined}
        aria-busy={pending || undefined}
        aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
        onClick={press}
        className={cx(buttonClass(variant, size), className)}
      >
        {pending ? <Spinner size={14} /> : icon ? <Icon name={icon} size={size === 'sm' ? 14 : 16} /> : null}
        {children}
      </button>
      {disabledReason ? (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      ) : null}
    </>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'children' | 'icon' | 'aria-label'> {
  readonly icon: IconName
  /** Its accessible name, also shown as a tooltip. */
  readonly label: string
  readonly tooltipSide?: 'top' | 'right' | 'bottom' | 'left'
}

export function IconButton({ icon, label, tooltipSide = 'top', size = 'md', variant = 'ghost', className, ...rest }: IconButtonProps) {
  const width = { sm: 'w-7 px-0', md: 'w-8 px-0', lg: 'w-10 px-0' }[size]
  return (
    <Tooltip content={rest.disabledReason ?? label} side={tooltipSide}>
      <BareButton {...rest} icon={icon} aria-label={label} size={size} variant={variant} className={cx(width, className)} />
    </Tooltip>
  )
}
