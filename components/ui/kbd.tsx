import type { ReactNode } from 'react'

/** A key to press. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-xs border border-line bg-sunken px-1 text-faint text-xs leading-none">
      {children}
    </kbd>
  )
}
