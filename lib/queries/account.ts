import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { EndSessionsResponse, MySessionsResponse } from '@/lib/api/contracts/account'
import type { MeResponse } from '@/lib/api/contracts/users'

export const accountKeys = { sessions: ['my-sessions'] as const }

export const mySessionsOptions = () =>
  queryOptions({ queryKey: accountKeys.sessions, queryFn: ({ signal }) => apiFetch<MySessionsResponse>('/me/sessions', { signal }) })

export const useRenameMe = () =>
  useMutation({ mutationFn: (name: string) => apiFetch<MeResponse>('/me', { method: 'PATCH', json: { name } }) })

/** Ends one other session, or with `others` all of them. */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (sessionId: string) => apiFetch<EndSessionsResponse>(`/me/sessions/${encodeURIComponent(sessionId)}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: accountKeys.sessions }),
  })
}
