import { PageFrame } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <PageFrame wide>
      <div className="[--row:var(--queue-row)]">
        <SkeletonRows rows={12} label="Loading alarms" />
      </div>
    </PageFrame>
  )
}
