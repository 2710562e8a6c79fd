import Link from 'next/link'
import { buttonClass } from '@/components/ui/button-class'
import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageHeader } from '@/components/ui/page-header'

export default function ConsoleNotFound() {
  return (
    <PageFrame>
      <PageHeader title="There is no such page" />
      <EmptyState
        kind="filtered"
        icon="search"
        title="Nothing is kept under this address"
        actions={
          <Link href="/alarms" className={buttonClass('secondary')}>
            Go to the alarms
          </Link>
        }
      >
        It may be mistyped. Alarms of the demo disappear with the demo data; alarms about your own logs are kept even after their events
        have expired.
      </EmptyState>
    </PageFrame>
  )
}
