import { PageLoading } from '@/components/shell/page-loading'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function SourcesLoading() {
  return (
    <PageLoading title="Sources">
      <div className="flex flex-col gap-8">
        <Skeleton className="h-20 rounded-md" />
        <SkeletonRows rows={6} label="Loading what came in" />
      </div>
    </PageLoading>
  )
}
