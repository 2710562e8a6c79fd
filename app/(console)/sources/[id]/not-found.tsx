import Link from 'next/link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-header'

export default function LogSourceNotFound() {
  return (
    <PageFrame>
      <EmptyState kind="first" icon="search" title="There is no such source" actions={<Link href="/sources">All sources</Link>}>
        It was removed. What it brought is still there.
      </EmptyState>
    </PageFrame>
  )
}
