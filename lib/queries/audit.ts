import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { AuditFilterQuery, AuditValuesResponse, ListAuditResponse } from '@/lib/api/contracts/audit'

/** `?a=b…` of a filter; what is not set is left out. */
export function auditQuery(filter: AuditFilterQuery, cursor: string | null = null): string {
  const given = Object.entries({ ...filter, cursor: cursor ?? undefined }).filter(([, value]) => value !== undefined && value !== '')
  const params = new URLSearchParams(given.map(([name, value]) => [name, String(value)]))
  return params.size === 0 ? '' : `?${params}`
}

export const auditOptions = (filter: AuditFilterQuery) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filter],
    queryFn: ({ pageParam, signal }) => apiFetch<ListAuditResponse>(`/audit${auditQuery(filter, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })

export const auditValuesOptions = () =>
  queryOptions({ queryKey: ['audit', 'values'], queryFn: ({ signal }) => apiFetch<AuditValuesResponse>('/audit/values', { signal }) })

/** Where the browser downloads what a filter leaves. */
export const auditExportHref = (filter: AuditFilterQuery): string => `/api/v1/audit/export${auditQuery(filter)}`
