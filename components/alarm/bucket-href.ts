import type { Route } from 'next'
import type { Alarm } from '@/lib/domain/alarm'
import { eventsOf, termsOf } from '@/lib/domain/alarm-events'
import { eventsHref } from '@/lib/url/events-search-params'

/** The search for what a bar of the alarm's chart counts; null when nothing names it. */
export function bucketHref(alarm: Alarm, at: number, stepMs: number): Route | null {
  const { link } = eventsOf(alarm)
  if (link === null) return null
  return eventsHref({ terms: termsOf(link.where), from: Math.max(at, link.from), to: Math.min(at + stepMs, link.to), kind: link.kind })
}
