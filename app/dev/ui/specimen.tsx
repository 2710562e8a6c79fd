import type { ReactNode } from 'react'

/** One primitive: its name, and its states side by side. */
export function Specimen({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section aria-label={name} className="grid gap-x-6 gap-y-3 border-line border-t py-4 md:grid-cols-[10rem_minmax(0,1fr)]">
      <h2 className="m-0 font-semibold text-base">{name}</h2>
      <div className="flex min-w-0 flex-wrap items-start gap-4">{children}</div>
    </section>
  )
}
