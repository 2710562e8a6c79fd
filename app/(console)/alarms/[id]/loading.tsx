import { AlarmSkeleton } from '@/components/alarm/alarm-skeleton'
import { PageFrame } from '@/components/ui/page-header'

export default function Loading() {
  return (
    <PageFrame wide>
      <AlarmSkeleton />
    </PageFrame>
  )
}
