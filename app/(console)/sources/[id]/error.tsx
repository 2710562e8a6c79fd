'use client'
import { PageError } from '@/components/shell/page-error'

export default function LogSourceError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Source" error={error} retry={retry} />
}
