'use client'
import { Toast as Base } from '@base-ui/react/toast'
import { useEffect } from 'react'
import { IconButton } from './button'
import { cx } from './cx'
import { Icon } from './icon'
import { Kbd } from './kbd'
import { deliverToasts, type ToastOptions } from './toast-queue'

interface ToastData {
  readonly shortcut?: string
}

const manager = Base.createToastManager<ToastData>()

function add({ title, description, tone = 'neutral', action, timeoutMs }: ToastOptions): () => void {
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

/** Where toasts are drawn. Loaded with the first of them. */
export function ToastView() {
  useEffect(() => deliverToasts(add), [])
  return (
    <Base.Provider toastManager={manager} limit={3}>
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
