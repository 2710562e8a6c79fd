'use client'
import { PageError } from '@/components/shell/page-error'

export default function EscalationError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Escalation" error={error} retry={retry} />
}
