import { cx } from './cx'

/** A block of the final size while data is on its way. Give width and height by class. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" data-skeleton="" className={cx('block animate-breathe rounded-sm bg-line', className ?? 'h-4 w-full')} />
}

/** Rows of a table that is loading, of the table's own row height. */
export function SkeletonRows({ rows = 8, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">{label}</span>
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-(--row) items-center gap-4 border-line border-b px-3">
          <Skeleton className="h-3.5 w-16" />
          <Skeleton className={cx('h-3.5', row % 3 === 0 ? 'w-1/3' : row % 3 === 1 ? 'w-1/2' : 'w-2/5')} />
          <Skeleton className="ml-auto h-3.5 w-20" />
        </div>
      ))}
    </div>
  )
}
