'use client'
import { PageError } from '@/components/shell/page-error'

export default function AuditError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Audit" error={error} retry={retry} />
}
