'use client'

import { Component, type ReactNode, useId } from 'react'
import { ErrorPanel } from '@/components/ui/error-panel'

interface PanelProps {
  readonly title: string
  /** What the panel answers, one line. */
  readonly description?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  readonly id?: string
}

/** One question about an alarm. It may fail; the page around it goes on. */
export function Panel({ title, description, actions, children, id }: PanelProps) {
  const headingId = useId()
  return (
    <section id={id} aria-labelledby={headingId} className="min-w-0 scroll-mt-20 border-line border-t pt-4 pb-6 lg:first:border-t-0">
      <header className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <h2 id={headingId} className="m-0 font-semibold text-lg">
            {title}
          </h2>
          {description ? <p className="m-0 text-muted text-sm">{description}</p> : null}
        </div>
        {actions ? (
          <div data-print="hide" className="flex flex-wrap gap-2">
            {actions}
          </div>
        ) : null}
      </header>
      <PanelBoundary title={title}>{children}</PanelBoundary>
    </section>
  )
}

class PanelBoundary extends Component<{ readonly title: string; readonly children: ReactNode }, { readonly error: Error | null }> {
  override state = { error: null }

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    if (this.state.error === null) return this.props.children
    return (
      <ErrorPanel
        title={`${this.props.title} could not be drawn`}
        detail="The rest of the alarm is unaffected."
        onRetry={() => this.setState({ error: null })}
      />
    )
  }
}
