'use client'

import type { Alarm } from '@/lib/domain/alarm'

/** The panels of the page in their order, each with when it is there. */
const PANELS: readonly { readonly id: string; readonly label: string; readonly isShown: (alarm: Alarm) => boolean }[] = [
  { id: 'process', label: 'Processes', isShown: ({ evidence }) => evidence.processStarts.length + evidence.processTree.length > 0 },
  { id: 'names', label: 'Names', isShown: ({ evidence }) => evidence.samples.length > 0 },
  { id: 'decoding', label: 'Payload', isShown: ({ evidence }) => evidence.decoding !== null },
  { id: 'guide', label: 'Guide', isShown: () => true },
  { id: 'time', label: 'Over time', isShown: ({ evidence }) => evidence.minutes.length > 0 },
  {
    id: 'network',
    label: 'Against this network',
    isShown: ({ evidence }) => evidence.minutes.length > 0 && evidence.processStarts.length + evidence.processTree.length === 0,
  },
  { id: 'sources', label: 'Who else', isShown: ({ zone }) => zone !== null },
  { id: 'related', label: '48 hours', isShown: () => true },
  { id: 'records', label: 'Records', isShown: ({ zone, source }) => zone !== null || source !== null },
  { id: 'history', label: 'History', isShown: () => true },
]

/** Where to on a long page. */
export function PanelLinks({ alarm }: { readonly alarm: Alarm }) {
  return (
    <nav
      aria-label="On this page"
      data-print="hide"
      className="-mx-1 flex gap-x-1 overflow-x-auto pt-3 pb-1 text-sm [scrollbar-width:none]"
    >
      {PANELS.filter(({ isShown }) => isShown(alarm)).map(({ id, label }) => (
        <a
          key={id}
          href={`#${id}`}
          className="inline-flex min-h-6 shrink-0 items-center whitespace-nowrap rounded-sm px-1.5 text-muted no-underline hover:bg-hover hover:text-ink"
        >
          {label}
        </a>
      ))}
    </nav>
  )
}
