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

export function Button({ disabledReason, pending = false, disabled = false, ...props }: ButtonProps) {
  const reasonId = useId()
  const { variant, size, icon, children, className, onClick, type = 'button', ...rest } = props
  const inert = pending || Boolean(disabledReason)
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }
  const button = (
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
  )
  if (!disabledReason) return button
  return (
    <>
      <Tooltip content={disabledReason}>{button}</Tooltip>
      <span id={reasonId} hidden>
        {disabledReason}
      </span>
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
  const button = <Button {...rest} icon={icon} aria-label={label} size={size} variant={variant} className={cx(width, className)} />
  return rest.disabledReason ? (
    button
  ) : (
    <Tooltip content={label} side={tooltipSide}>
      {button}
    </Tooltip>
  )
}
