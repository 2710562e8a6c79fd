import type { ReactNode } from 'react'

interface PageHeaderProps {
  readonly title: ReactNode
  /** Controls that belong to the title: beside the heading, not in it, so that its text is the title alone. */
  readonly beside?: ReactNode
  /** One sentence: what this page is for, or how things stand. */
  readonly description?: ReactNode
  readonly actions?: ReactNode
}

/** Title line of a page; the one `h1` on it. Focusable, so that navigation can move focus here. */
export function PageHeader({ title, beside, description, actions }: PageHeaderProps) {
  const heading = (
    <h1 tabIndex={-1} className="m-0 min-w-0 font-semibold text-xl tracking-[-0.011em] outline-none">
      {title}
    </h1>
  )
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <div className="min-w-0 flex-1 basis-72">
        {beside ? (
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            {heading}
            {beside}
          </div>
        ) : (
          heading
        )}
        {description ? <p className="m-0 mt-0.5 max-w-[72ch] text-base text-muted">{description}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  )
}

/** The padding and width every page of the console shares. */
export function PageFrame({ children, wide = false }: { readonly children: ReactNode; readonly wide?: boolean }) {
  return <div className={`mx-auto w-full px-4 py-5 sm:px-7 sm:py-6 ${wide ? '' : 'max-w-[1200px]'}`}>{children}</div>
}
