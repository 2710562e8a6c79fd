'use client'
import { PageError } from '@/components/shell/page-error'

export default function AssetsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Assets" error={error} retry={retry} />
}
