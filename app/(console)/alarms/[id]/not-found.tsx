import Link from 'next/link'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame } from '@/components/ui/page-header'

export default function NotFound() {
  return (
    <PageFrame>
      <EmptyState
        kind="first"
        icon="search"
        title="There is no such alarm"
        actions={
          <Link href="/alarms" className={buttonClass('primary')}>
            Back to the queue
          </Link>
        }
      >
        It was never raised here, or it was demo data that has been removed.
      </EmptyState>
    </PageFrame>
  )
}
