import { PageLoading } from '@/components/shell/page-loading'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function EscalationLoading() {
  return (
    <PageLoading title="Escalation">
      <div className="flex flex-col gap-8">
        <Skeleton className="h-14 rounded-md" />
        <SkeletonRows rows={6} label="Loading the escalation" />
      </div>
    </PageLoading>
  )
}
