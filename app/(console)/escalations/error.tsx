'use client'
import { PageError } from '@/components/shell/page-error'

export default function EscalationsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Escalations" error={error} retry={retry} />
}
