import { PageFrame } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'

export default function Loading() {
  return (
    <PageFrame wide>
      <div data-density="relaxed">
        <SkeletonRows rows={12} label="Loading alarms" />
      </div>
    </PageFrame>
  )
}
