'use client'
import { PageError } from '@/components/shell/page-error'

export default function AllowlistError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Allowlist" error={error} retry={retry} />
}
