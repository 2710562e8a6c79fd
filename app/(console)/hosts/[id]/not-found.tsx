import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageHeader } from '@/components/ui/page-header'

export default function HostNotFound() {
  return (
    <PageFrame>
      <PageHeader title="No such host" />
      <EmptyState kind="filtered" icon="search" title="Nothing stored names this host">
        No lookup, no process start and no alarm. Its events may have gone by retention.
      </EmptyState>
    </PageFrame>
  )
}
