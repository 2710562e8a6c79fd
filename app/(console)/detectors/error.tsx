'use client'
import { PageError } from '@/components/shell/page-error'

export default function DetectorsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Detectors" error={error} retry={retry} />
}
