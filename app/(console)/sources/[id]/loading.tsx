import { PageLoading } from '@/components/shell/page-loading'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function LogSourceLoading() {
  return (
    <PageLoading title="Source">
      <div className="flex flex-col gap-8">
        <Skeleton className="h-20 rounded-md" />
        <SkeletonRows rows={4} label="Loading the source" />
      </div>
    </PageLoading>
  )
}
