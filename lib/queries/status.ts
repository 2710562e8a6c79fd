import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { RemoveDemoResponse, StatusResponse } from '@/lib/api/contracts/status'

export const statusKeys = { all: ['status'] as const }

/** What the shell shows on every page. Asked every 10 s, not while the tab is hidden. */
export const statusOptions = () =>
  queryOptions({
    queryKey: statusKeys.all,
    queryFn: ({ signal }) => apiFetch<StatusResponse>('/status', { signal }),
    refetchInterval: 10_000,
    staleTime: 5_000,
  })

/** Removes the demo data; everything on screen may have come from it. */
export function useRemoveDemo() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => apiFetch<RemoveDemoResponse>('/demo', { method: 'DELETE' }),
    onSuccess: () => client.resetQueries(),
  })
}
