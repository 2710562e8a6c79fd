import { Skeleton } from '@/components/ui/skeleton'

/** The alarm page before its data, in the final heights. */
export function AlarmSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">Loading the alarm</span>
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-7 w-80 max-w-full" />
      <Skeleton className="h-5 w-full max-w-[70ch]" />
      <Skeleton className="h-8 w-96 max-w-full" />
      <Skeleton className="h-64 w-full" />
      <Skeleton className="h-44 w-full" />
    </div>
  )
}
