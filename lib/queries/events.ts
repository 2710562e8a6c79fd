import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { DomainResponse } from '@/lib/api/contracts/domains'
import type { CountEventsResponse, EventFilterQuery, SearchEventsResponse } from '@/lib/api/contracts/event-search'
import type { HostResponse } from '@/lib/api/contracts/hosts'

/** Where an answer goes on: its cursor, and the range it stood for, which new events must not move. */
interface Continuation {
  readonly cursor: string
  readonly from: number
  readonly to: number
}

const NO_CONTINUATION: Continuation | null = null

function searchOf(filter: EventFilterQuery, more: Continuation | null): string {
  const given = Object.entries({ ...filter, ...more }).filter(([, value]) => value !== undefined && value !== '')
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}

const continuationOf = ({ nextCursor, range }: { nextCursor: string | null; range: { from: number; to: number } }): Continuation | null =>
  nextCursor === null ? null : { cursor: nextCursor, ...range }

export const eventRowsOptions = (filter: EventFilterQuery) =>
  infiniteQueryOptions({
    queryKey: ['events', 'rows', filter],
    queryFn: ({ pageParam, signal }) => apiFetch<SearchEventsResponse>(`/event-search/events?${searchOf(filter, pageParam)}`, { signal }),
    initialPageParam: NO_CONTINUATION,
    getNextPageParam: continuationOf,
  })

export const eventCountsOptions = (filter: EventFilterQuery) =>
  infiniteQueryOptions({
    queryKey: ['events', 'counts', filter],
    queryFn: ({ pageParam, signal }) => apiFetch<CountEventsResponse>(`/event-search/counts?${searchOf(filter, pageParam)}`, { signal }),
    initialPageParam: NO_CONTINUATION,
    getNextPageParam: continuationOf,
  })

/** Where the browser downloads what a search finds. */
export const eventExportHref = (filter: EventFilterQuery): string => `/api/v1/event-search/export?${searchOf(filter, null)}`

export const domainOptions = (name: string) =>
  queryOptions({
    queryKey: ['domains', name],
    queryFn: ({ signal }) => apiFetch<DomainResponse>(`/domains/${encodeURIComponent(name)}`, { signal }),
  })

export const hostOptions = (id: string) =>
  queryOptions({
    queryKey: ['hosts', id],
    queryFn: ({ signal }) => apiFetch<HostResponse>(`/hosts/${encodeURIComponent(id)}`, { signal }),
  })
