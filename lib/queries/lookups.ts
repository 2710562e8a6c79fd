import { infiniteQueryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { ListLookupsResponse } from '@/lib/api/contracts/lookups'

/** Stored lookups of one zone; `from`/`to` are epoch ms UTC, half-open. */
export interface LookupListFilter {
  readonly zone?: string
  readonly source?: string
  readonly qtype?: string
  readonly from: number
  readonly to: number
}

export const lookupKeys = {
  all: ['lookups'] as const,
  list: (filter: LookupListFilter) => [...lookupKeys.all, 'list', filter] as const,
}

export const lookupListOptions = (filter: LookupListFilter) =>
  infiniteQueryOptions({
    queryKey: lookupKeys.list(filter),
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams()
      for (const [name, value] of Object.entries(filter)) if (value !== undefined) search.set(name, String(value))
      if (pageParam !== null) search.set('cursor', pageParam)
      return apiFetch<ListLookupsResponse>(`/lookups?${search}`, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: ListLookupsResponse) => last.nextCursor,
  })
