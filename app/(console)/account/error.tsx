'use client'
import { PageError } from '@/components/shell/page-error'

export default function AccountError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Your account" error={error} retry={retry} />
}
