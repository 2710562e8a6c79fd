import Link from 'next/link'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-header'

export default function EscalationNotFound() {
  return (
    <PageFrame>
      <EmptyState kind="first" icon="search" title="There is no such escalation" actions={<Link href="/escalations">All escalations</Link>}>
        Its id may have been mistyped; they read ESC-0042.
      </EmptyState>
    </PageFrame>
  )
}
