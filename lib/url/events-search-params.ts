import type { Route } from 'next'
import { createLoader, createSerializer, type inferParserType, parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { EVENT_KINDS, type EventTerm, formatEventSearch, MAX_SEARCH_LENGTH } from '@/lib/domain/event-search'

/** The event search's whole state in the address, under the names of `GET /api/v1/event-search/events`; instants are epoch ms UTC. */
export const eventsSearchParams = {
  kind: parseAsStringLiteral(EVENT_KINDS).withDefault('lookups'),
  q: parseAsString.withDefault(''),
  from: parseAsInteger,
  to: parseAsInteger,
}
export type EventsSearchParams = inferParserType<typeof eventsSearchParams>

export const loadEventsSearchParams = createLoader(eventsSearchParams)
const serialize = createSerializer(eventsSearchParams)

const END_OF_TIME = 8.64e15

/** Empty and impossible fields left out, so that equal addresses give equal query keys. */
export function toEventFilter({ kind, q, from, to }: EventsSearchParams) {
  const isInstant = (value: number | null): value is number => value !== null && Math.abs(value) <= END_OF_TIME
  return {
    kind,
    q: q.trim().slice(0, MAX_SEARCH_LENGTH + 1),
    ...(isInstant(from) && { from }),
    ...(isInstant(to) && { to }),
  }
}
export type EventFilter = ReturnType<typeof toEventFilter>

export interface EventsLink {
  readonly kind?: EventFilter['kind']
  readonly terms: readonly EventTerm[]
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** Address of a search. */
export const eventsHref = ({ kind = 'lookups', terms, from, to }: EventsLink): Route =>
  // A static route with a query is a route; the compiler cannot see it through the serializer's string.
  `/events${serialize({ kind, q: formatEventSearch(terms), from: from ?? null, to: to ?? null })}` as Route

/** Addresses of what is known of a registered domain and of a client. */
export const domainHref = (zone: string): Route => `/domains/${encodeURIComponent(zone)}` as Route
export const hostHref = (id: string): Route => `/hosts/${encodeURIComponent(id)}` as Route
