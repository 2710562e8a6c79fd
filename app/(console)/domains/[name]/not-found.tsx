import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageHeader } from '@/components/ui/page-header'

export default function DomainNotFound() {
  return (
    <PageFrame>
      <PageHeader title="No such domain" />
      <EmptyState kind="filtered" icon="search" title="This is no name under a registered domain">
        Public suffixes, single labels, addresses and local names belong to nobody. Search the events for the name instead.
      </EmptyState>
    </PageFrame>
  )
}
