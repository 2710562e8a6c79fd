'use client'
import { PageError } from '@/components/shell/page-error'

export default function EventsError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Events" error={error} retry={retry} />
}
