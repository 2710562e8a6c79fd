'use client'
import dynamic from 'next/dynamic'
import { type ReactNode, useSyncExternalStore } from 'react'
import { isToastWanted, onToast, showToast, type ToastOptions } from './toast-queue'

export { showToast, type ToastOptions }

const ToastView = dynamic(() => import('./toast-view').then((module) => module.ToastView), { ssr: false })

/** Around the app, once. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const wanted = useSyncExternalStore(onToast, isToastWanted, () => false)
  return (
    <>
      {children}
      {wanted && <ToastView />}
    </>
  )
}
