'use client'
import { PageError } from '@/components/shell/page-error'

export default function EvaluationError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="How well it detects" error={error} retry={retry} />
}
