import { EmptyState } from '@/components/ui/empty-state'
import { PageFrame, PageHeader } from '@/components/ui/page-header'

/** The page exists; this role may not see it. */
export function NoPermission({ title, who }: { readonly title: string; readonly who: string }) {
  return (
    <PageFrame>
      <PageHeader title={title} />
      <EmptyState kind="forbidden" title="You do not have permission to see this page">
        {who} Ask one of them if you need something from here.
      </EmptyState>
    </PageFrame>
  )
}
