'use client'
import { ErrorPanel } from '@/components/ui/error-panel'
import { PageFrame, PageHeader } from '@/components/ui/page-header'

interface PageErrorProps {
  readonly title: string
  readonly error: unknown
  readonly retry: () => void
}

/** A page that could not be drawn; the shell around it stays. The digest finds the cause in the server's log. */
export function PageError({ title, error, retry }: PageErrorProps) {
  const digest = error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null
  return (
    <PageFrame>
      <PageHeader title={title} />
      <ErrorPanel
        title="This page could not be drawn"
        detail="Nothing you decided is lost. If trying again does not help, the server’s log has the cause."
        requestId={digest}
        onRetry={retry}
      />
    </PageFrame>
  )
}
