import type { ReactNode } from 'react'

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

type Deliver = (options: ToastOptions) => () => void

interface WaitingToast {
  readonly options: ToastOptions
  isPutAway: boolean
  putAway: () => void
}

let deliver: Deliver | null = null
let isWanted = false
let waiting: WaitingToast[] = []
const listeners = new Set<() => void>()

/** Says what happened, also to screen readers. Never the only way to an action. @returns a function that puts it away. */
export function showToast(options: ToastOptions): () => void {
  if (deliver !== null) return deliver(options)
  const toast: WaitingToast = { options, isPutAway: false, putAway: () => {} }
  waiting.push(toast)
  isWanted = true
  for (const listener of listeners) listener()
  return () => {
    toast.isPutAway = true
    toast.putAway()
  }
}

/** Hands over what waited and what follows. @returns a function that ends it. */
export function deliverToasts(next: Deliver): () => void {
  deliver = next
  for (const toast of waiting) if (!toast.isPutAway) toast.putAway = next(toast.options)
  waiting = []
  return () => {
    if (deliver === next) deliver = null
  }
}

/** Calls `listener` with the first toast. @returns a function that ends it. */
export function onToast(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** True once there has been a toast. */
export const isToastWanted = (): boolean => isWanted
