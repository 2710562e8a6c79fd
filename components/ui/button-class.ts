import { cx } from './cx'

export type ButtonVariant = 'primary' | 'secondary' | 'ghost' | 'danger'
export type ButtonSize = 'sm' | 'md' | 'lg'

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: 'bg-accent-fill text-accent-ink border-transparent hover:bg-accent-fill-hover',
  secondary: 'bg-surface text-ink border-line-strong/55 hover:bg-hover hover:border-line-strong',
  ghost: 'bg-transparent text-muted border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-danger-fill text-accent-ink border-transparent hover:bg-danger-fill-hover',
}
const SIZE: Readonly<Record<ButtonSize, string>> = {
  sm: 'h-7 px-2.5 text-sm gap-1.5',
  md: 'h-8 px-3 text-base gap-2',
  lg: 'h-10 px-4 text-base gap-2',
}

/** The look of a button, for links that act like one. */
export const buttonClass = (variant: ButtonVariant = 'secondary', size: ButtonSize = 'md'): string =>
  cx(
    'tap inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-md border font-medium no-underline transition-colors',
    'aria-disabled:opacity-55 disabled:opacity-55',
    VARIANT[variant],
    SIZE[size],
  )
