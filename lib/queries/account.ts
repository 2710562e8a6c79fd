import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import { EndSessionsResponse, MySessionsResponse } from '@/lib/api/contracts/account'
import { MeResponse } from '@/lib/api/contracts/users'

export const accountKeys = { sessions: ['my-sessions'] as const }

export const mySessionsOptions = () =>
  queryOptions({ queryKey: accountKeys.sessions, queryFn: ({ signal }) => apiFetch('/me/sessions', MySessionsResponse, { signal }) })

export const useRenameMe = () =>
  useMutation({ mutationFn: (name: string) => apiFetch('/me', MeResponse, { method: 'PATCH', json: { name } }) })

/** Ends one other session, or with `others` all of them. */
export function useEndSessions() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (sessionId: string) => apiFetch(`/me/sessions/${encodeURIComponent(sessionId)}`, EndSessionsResponse, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: accountKeys.sessions }),
  })
}
