import { PageLoading } from '@/components/shell/page-loading'
import { SkeletonRows } from '@/components/ui/skeleton'

export default function EscalationsLoading() {
  return (
    <PageLoading title="Escalations">
      <SkeletonRows rows={8} label="Loading the escalations" />
    </PageLoading>
  )
}
