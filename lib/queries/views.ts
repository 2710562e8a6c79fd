import { queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { ListViewsResponse, RemoveViewResponse, SaveViewInput, SaveViewResponse, ViewCountsResponse } from '@/lib/api/contracts/views'

const COUNTS_POLL_MS = 30_000

export const viewKeys = { list: ['views'] as const, counts: (closedFrom: number) => ['view-counts', closedFrom] as const }

export const viewsOptions = () =>
  queryOptions({ queryKey: viewKeys.list, queryFn: ({ signal }) => apiFetch<ListViewsResponse>('/views', { signal }) })

/** Stops while the tab is hidden. */
export const viewCountsOptions = (closedFrom: number) =>
  queryOptions({
    queryKey: viewKeys.counts(closedFrom),
    queryFn: ({ signal }) => apiFetch<ViewCountsResponse>(`/views/counts?closedFrom=${closedFrom}`, { signal }),
    refetchInterval: COUNTS_POLL_MS,
    refetchIntervalInBackground: false,
  })

export const saveView = (input: SaveViewInput) => apiFetch<SaveViewResponse>('/views', { method: 'POST', json: input })

export const removeView = (viewId: string) => apiFetch<RemoveViewResponse>(`/views/${encodeURIComponent(viewId)}`, { method: 'DELETE' })
