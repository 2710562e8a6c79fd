/** How tables of events look: rows in lines on a desk, blocks on a phone. */
export const TABLE = 'w-full rounded-md border border-line bg-surface text-sm max-md:block'
export const HEAD =
  'text-left text-faint text-xs max-md:sr-only [&_th]:h-8 [&_th]:whitespace-nowrap [&_th]:border-line [&_th]:border-b [&_th]:px-3 [&_th]:font-medium'
export const ROW =
  'max-md:block max-md:border-line max-md:border-b max-md:px-3 max-md:py-2 max-md:last:border-b-0 max-md:[&>td]:block max-md:[&>td]:border-0 max-md:[&>td]:p-0'
export const CELL = 'border-line border-b px-3 py-1.5 align-top'
