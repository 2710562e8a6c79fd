'use client'

import { ErrorPanel } from '@/components/ui/error-panel'
import { PageFrame } from '@/components/ui/page-header'

export default function AlarmsError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <PageFrame>
      <ErrorPanel title="This page could not be shown" detail="Nothing was changed." requestId={error.digest ?? null} onRetry={reset} />
    </PageFrame>
  )
}
