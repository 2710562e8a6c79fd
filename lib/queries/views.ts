import { queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import { ListViewsResponse, RemoveViewResponse, type SaveViewInput, SaveViewResponse, ViewCountsResponse } from '@/lib/api/contracts/views'

const COUNTS_POLL_MS = 30_000

export const viewKeys = { list: ['views'] as const, counts: (closedFrom: number) => ['view-counts', closedFrom] as const }

export const viewsOptions = () =>
  queryOptions({ queryKey: viewKeys.list, queryFn: ({ signal }) => apiFetch('/views', ListViewsResponse, { signal }) })

/** Stops while the tab is hidden. */
export const viewCountsOptions = (closedFrom: number) =>
  queryOptions({
    queryKey: viewKeys.counts(closedFrom),
    queryFn: ({ signal }) => apiFetch(`/views/counts?closedFrom=${closedFrom}`, ViewCountsResponse, { signal }),
    refetchInterval: COUNTS_POLL_MS,
    refetchIntervalInBackground: false,
  })

export const saveView = (input: SaveViewInput) => apiFetch('/views', SaveViewResponse, { method: 'POST', json: input })

export const removeView = (viewId: string) => apiFetch(`/views/${encodeURIComponent(viewId)}`, RemoveViewResponse, { method: 'DELETE' })
