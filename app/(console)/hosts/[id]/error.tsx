'use client'
import { PageError } from '@/components/shell/page-error'

export default function HostError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Host" error={error} retry={retry} />
}
