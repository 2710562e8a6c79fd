'use client'
import { PageError } from '@/components/shell/page-error'

export default function SourcesError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Sources" error={error} retry={retry} />
}
