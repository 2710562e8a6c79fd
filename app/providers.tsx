'use client'
import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { ClockProvider } from '@/components/ui/clock'
import type { ClockMode } from '@/components/ui/time-format'
import { ToastProvider } from '@/components/ui/toast'
import { queryClient } from '@/lib/queries/query-client'

interface ProvidersProps {
  readonly nonce: string | undefined
  readonly clockMode: ClockMode
  readonly zone: string | null
  readonly renderedAt: number
  readonly children: ReactNode
}

export function Providers({ nonce, clockMode, zone, renderedAt, children }: ProvidersProps) {
  return (
    <CSPProvider {...(nonce === undefined ? {} : { nonce })} disableStyleElements>
      <QueryClientProvider client={queryClient()}>
        <NuqsAdapter>
          <ClockProvider initialMode={clockMode} initialZone={zone} renderedAt={renderedAt}>
            <ToastProvider>{children}</ToastProvider>
          </ClockProvider>
        </NuqsAdapter>
      </QueryClientProvider>
    </CSPProvider>
  )
}
