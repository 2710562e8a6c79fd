import { PageLoading } from '@/components/shell/page-loading'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function AllowlistLoading() {
  return (
    <PageLoading title="Allowlist" description="Names whose alarms are hidden for a time. Every entry has an author, a reason and an end.">
      <div className="flex flex-col gap-5">
        <Skeleton className="h-26 rounded-md" />
        <SkeletonRows rows={5} label="Loading the allowlist" />
      </div>
    </PageLoading>
  )
}
