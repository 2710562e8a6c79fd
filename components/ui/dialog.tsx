'use client'
import { Dialog as Base } from '@base-ui/react/dialog'
import type { CSSProperties, ReactNode, RefObject } from 'react'
import { Button, IconButton } from './button'
import { cx } from './cx'

interface OverlayProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons, right-aligned; always visible below the scrolling body. */
  readonly footer?: ReactNode
  /** What gets focus on opening; the first control otherwise. */
  readonly initialFocus?: RefObject<HTMLElement | null>
}

const BACKDROP = 'fixed inset-0 z-40 bg-overlay transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0'

function Frame({ title, description, children, footer }: Pick<OverlayProps, 'title' | 'description' | 'children' | 'footer'>) {
  return (
    <>
      <header className="flex items-start gap-4 px-5 pt-4 pb-3">
        <div className="min-w-0 flex-1">
          <Base.Title className="m-0 font-semibold text-ink text-lg">{title}</Base.Title>
          {description ? <Base.Description className="m-0 mt-1 text-muted text-sm">{description}</Base.Description> : null}
        </div>
        <Base.Close render={<IconButton icon="close" label="Close" size="sm" />} className="-mr-1" />
      </header>
      {children ? <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div> : null}
      {footer ? (
        <footer className="flex flex-wrap justify-end gap-2 border-line border-t px-5 py-3 pb-[max(12px,env(safe-area-inset-bottom))]">
          {footer}
        </footer>
      ) : null}
    </>
  )
}

interface DialogProps extends OverlayProps {
  readonly size?: 'sm' | 'md' | 'lg'
}
const WIDTH = { sm: 'max-w-md', md: 'max-w-xl', lg: 'max-w-3xl' } as const

/** Modal, in the middle of the page; on a phone it rises from the bottom edge. */
export function Dialog({ open, onOpenChange, size = 'md', initialFocus, ...frame }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Viewport className="fixed inset-0 z-50 flex items-end justify-center sm:items-center sm:p-6">
          <Base.Popup
            initialFocus={initialFocus}
            className={cx(
              'hairline flex max-h-[92dvh] w-full flex-col rounded-t-lg bg-raised text-ink shadow-float outline-none transition-[opacity,translate] sm:rounded-lg',
              'data-[ending-style]:translate-y-1 data-[starting-style]:translate-y-1 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
              WIDTH[size],
            )}
          >
            <Frame {...frame} />
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  )
}

interface SheetProps extends OverlayProps {
  /** Non-modal sheets leave the page behind usable: the row stays visible and clickable. */
  readonly modal?: boolean
  readonly width?: number
}

/** Slides in from the right edge (from below on a phone). */
export function Sheet({ open, onOpenChange, modal = true, width = 520, initialFocus, ...frame }: SheetProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange} modal={modal} disablePointerDismissal={!modal}>
      <Base.Portal>
        {modal ? <Base.Backdrop className={BACKDROP} /> : null}
        <Base.Popup
          initialFocus={initialFocus}
          style={{ '--sheet': `${width}px` } as CSSProperties}
          className={cx(
            'fixed z-50 flex flex-col border-line bg-raised text-ink shadow-float outline-none transition-[opacity,translate]',
            'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-lg border-t sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-[min(var(--sheet),100vw)] sm:rounded-none sm:border-t-0 sm:border-l',
            'data-[ending-style]:opacity-0 data-[starting-style]:opacity-0 sm:data-[ending-style]:translate-x-2 sm:data-[starting-style]:translate-x-2',
          )}
        >
          <Frame {...frame} />
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

interface ConfirmDialogProps extends Omit<OverlayProps, 'footer'> {
  readonly confirmLabel: string
  readonly onConfirm: () => void
  readonly pending?: boolean
  readonly danger?: boolean
}

/** Asks once, in words that say what will happen; the button repeats the verb. */
export function ConfirmDialog({ confirmLabel, onConfirm, pending = false, danger = false, ...rest }: ConfirmDialogProps) {
  return (
    <Dialog
      {...rest}
      size="sm"
      footer={
        <>
          <Button onClick={() => rest.onOpenChange(false)}>Cancel</Button>
          <Button variant={danger ? 'danger' : 'primary'} pending={pending} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    />
  )
}
