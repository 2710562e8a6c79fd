import Link from 'next/link'
import type { ReactNode } from 'react'
import type { EventField } from '@/lib/domain/event-search'
import { eventsHref, type EventsLink as Target } from '@/lib/url/events-search-params'

interface EventsLinkProps {
  /** What must hold; null and undefined are left out. */
  readonly where: Readonly<Partial<Record<EventField, string | null>>>
  /** Event time, epoch ms, half-open. */
  readonly from?: number
  readonly to?: number
  readonly kind?: Target['kind']
  /** For readers who do not see where the link stands: "Show the 120 lookups of 10.0.0.5". */
  readonly label?: string
  readonly children: ReactNode
  readonly className?: string
}

/** "Show me": the stored events behind a number. */
export function EventsLink({ where, from, to, kind, label, children, className }: EventsLinkProps) {
  const terms = Object.entries(where).flatMap(([field, value]) =>
    // The keys of `where` are fields by its type; Object.entries forgets that.
    value === null || value === undefined || value === '' ? [] : [{ field: field as EventField, value, not: false }],
  )
  return (
    <Link
      href={eventsHref({ terms, from, to, ...(kind === undefined ? {} : { kind }) })}
      prefetch={false}
      aria-label={label}
      className={className ?? 'text-accent underline-offset-2 hover:underline'}
    >
      {children}
    </Link>
  )
}
