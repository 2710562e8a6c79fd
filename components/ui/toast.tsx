'use client'
import { Toast as Base } from '@base-ui/react/toast'
import type { ReactNode } from 'react'
import { IconButton } from './button'
import { cx } from './cx'
import { Icon } from './icon'
import { Kbd } from './kbd'

interface ToastData {
  readonly shortcut?: string
}

const manager = Base.createToastManager<ToastData>()

export interface ToastOptions {
  /** What happened, with its number: "Closed as duplicate". */
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly tone?: 'neutral' | 'danger'
  /** Usually Undo. Pressing it also puts the toast away. */
  readonly action?: { readonly label: string; readonly onAction: () => void; readonly shortcut?: string }
  /** Milliseconds until it leaves; 10 s with an action, else 6 s. Hovering or focusing it stops the clock. */
  readonly timeoutMs?: number
}

/** Says what happened, also to screen readers. Never the only way to an action. @returns a function that puts it away. */
export function showToast({ title, description, tone = 'neutral', action, timeoutMs }: ToastOptions): () => void {
  let close = () => {}
  const id = manager.add({
    title,
    type: tone,
    timeout: timeoutMs ?? (action ? 10_000 : 6_000),
    priority: tone === 'danger' ? 'high' : 'low',
    ...(description === undefined ? {} : { description }),
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.onAction()
              close()
            },
          },
          data: action.shortcut ? { shortcut: action.shortcut } : {},
        }
      : {}),
  })
  close = () => manager.close(id)
  return close
}

/** Around the app, once. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager} limit={3}>
      {children}
      <Base.Portal>
        <Base.Viewport
          data-print="hide"
          className="fixed inset-x-3 bottom-[calc(var(--bar)+12px)] z-70 mx-auto flex max-w-md flex-col-reverse gap-2 outline-none sm:right-5 sm:bottom-5 sm:left-auto sm:w-[26rem]"
        >
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function ToastList() {
  const { toasts } = Base.useToastManager<ToastData>()
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="hairline rounded-md bg-raised text-ink shadow-float transition-opacity data-[limited]:hidden data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
    >
      <Base.Content className="flex items-center gap-3 py-2.5 pr-2 pl-3">
        <Icon
          name={toast.type === 'danger' ? 'error' : 'check'}
          className={cx('shrink-0', toast.type === 'danger' ? 'text-danger' : 'text-faint')}
        />
        <div className="min-w-0 flex-1">
          <Base.Title className="m-0 font-medium text-base" />
          <Base.Description className="m-0 text-muted text-sm" />
        </div>
        {toast.actionProps ? (
          <span className="flex items-center gap-1.5">
            <Base.Action className="tap h-7 rounded-md border border-transparent bg-transparent px-2 font-semibold text-accent text-base hover:bg-hover" />
            {toast.data?.shortcut ? <Kbd>{toast.data.shortcut}</Kbd> : null}
          </span>
        ) : null}
        <Base.Close render={<IconButton icon="close" label="Dismiss" size="sm" />} />
      </Base.Content>
    </Base.Root>
  ))
}
