'use client'
import { PageError } from '@/components/shell/page-error'

export default function DomainError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Domain" error={error} retry={retry} />
}
