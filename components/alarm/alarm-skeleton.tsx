import { Skeleton } from '@/components/ui/skeleton'

const PANELS = ['h-96', 'h-64', 'h-80'] as const
const ASIDE = ['h-56', 'h-40', 'h-48'] as const

/** The alarm page before its data: the same columns, in the final heights. */
export function AlarmSkeleton() {
  return (
    <div role="status" className="mx-auto max-w-[1800px]">
      <span className="sr-only">Loading the alarm</span>
      <Skeleton className="mb-3 h-6 w-20" />
      <div className="grid items-start gap-x-10 gap-y-4 pb-5 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="flex min-w-0 flex-col gap-2">
          <Skeleton className="h-7 w-48" />
          <Skeleton className="h-7 w-80 max-w-full sm:h-9" />
          <Skeleton className="h-12 w-full max-w-[88ch]" />
        </div>
        <Skeleton className="h-52 w-full lg:col-start-2 lg:row-span-2" />
        <Skeleton className="h-96 w-full sm:h-56 lg:col-start-1 xl:h-28" />
      </div>
      <div className="hidden h-[49px] border-line border-y sm:-mx-7 sm:block" />
      <div className="grid gap-x-10 pt-4 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <Column heights={PANELS} className="order-2 lg:order-1" />
        <Column heights={ASIDE} className="order-1 lg:order-2" />
      </div>
    </div>
  )
}

function Column({ heights, className }: { readonly heights: readonly string[]; readonly className: string }) {
  return (
    <div className={`min-w-0 ${className}`}>
      {heights.map((height) => (
        <div key={height} className="border-line border-t pt-4 pb-6 lg:first:border-t-0">
          <Skeleton className="mb-3 h-6 w-40" />
          <Skeleton className={`w-full ${height}`} />
        </div>
      ))}
    </div>
  )
}
