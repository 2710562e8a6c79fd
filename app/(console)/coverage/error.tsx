'use client'
import { PageError } from '@/components/shell/page-error'

export default function CoverageError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Coverage" error={error} retry={retry} />
}
