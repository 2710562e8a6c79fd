'use client'
import { PageError } from '@/components/shell/page-error'

export default function UsersError({ error, retry }: { error: unknown; retry: () => void }) {
  return <PageError title="Users" error={error} retry={retry} />
}
