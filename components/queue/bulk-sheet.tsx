'use client'

import { type ReactNode, useRef } from 'react'
import { Sheet } from '@/components/ui/dialog'
import { InertText } from '@/components/ui/inert-text'
import type { Bulk } from './use-bulk'

/** The frame of a selection's sheets; the rows stay in view. */
export function BulkSheet({ title, bulk, children }: { readonly title: string; readonly bulk: Bulk; readonly children: ReactNode }) {
  const focusRef = useRef<HTMLElement | null>(null)
  const markFocus = (body: HTMLDivElement | null) => {
    focusRef.current = body?.querySelector<HTMLElement>('[data-autofocus]') ?? body
  }
  return (
    <Sheet
      open
      modal={false}
      initialFocus={focusRef}
      onOpenChange={(open) => {
        if (!open) bulk.dismiss()
      }}
      title={title}
      description={bulk.selection.count > 0 ? <InertText text={bulk.selection.words} /> : 'The alarm under the cursor'}
    >
      <div ref={markFocus} tabIndex={-1} className="outline-none">
        {children}
      </div>
    </Sheet>
  )
}
