import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type {
  AddLogSourceBody,
  AddLogSourceResponse,
  CreateIntakeKeyBody,
  CreateIntakeKeyResponse,
  GetLogSourceResponse,
  IntakeKeyResponse,
  ListGapsResponse,
  ListLogSourcesResponse,
  LogSourceResponse,
} from '@/lib/api/contracts/log-sources'

export const logSourceKeys = {
  all: ['log-sources'] as const,
  list: ['log-sources', 'list'] as const,
  detail: (logSourceId: string) => ['log-sources', 'detail', logSourceId] as const,
  gaps: (span: { readonly from: number; readonly to: number } | null) => ['log-sources', 'gaps', span] as const,
}

/** How often what streams in is asked for while somebody looks at it. */
const LIVE_MS = 5_000
const path = (logSourceId: string): string => `/log-sources/${encodeURIComponent(logSourceId)}`

/** Every way in that stays, and how it does. */
export const logSourceListOptions = () =>
  queryOptions({
    queryKey: logSourceKeys.list,
    queryFn: ({ signal }) => apiFetch<ListLogSourcesResponse>('/log-sources', { signal }),
    refetchInterval: LIVE_MS,
  })

export const logSourceOptions = (logSourceId: string) =>
  queryOptions({
    queryKey: logSourceKeys.detail(logSourceId),
    queryFn: ({ signal }) => apiFetch<GetLogSourceResponse>(path(logSourceId), { signal }),
    refetchInterval: (query) => (query.state.error === null ? LIVE_MS : false),
  })

/** Sources that are silent now, for every page. */
export const currentGapsOptions = () =>
  queryOptions({
    queryKey: logSourceKeys.gaps(null),
    queryFn: ({ signal }) => apiFetch<ListGapsResponse>('/log-sources/gaps', { signal }),
    refetchInterval: 30_000,
    staleTime: 10_000,
  })

/** Silences that overlap the span. @param to - exclusive. */
export const gapsOptions = (from: number, to: number) =>
  queryOptions({
    queryKey: logSourceKeys.gaps({ from, to }),
    queryFn: ({ signal }) => apiFetch<ListGapsResponse>(`/log-sources/gaps?from=${from}&to=${to}`, { signal }),
    staleTime: 30_000,
  })

function useInvalidate() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: logSourceKeys.all })
}

export function useAddLogSource() {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (body: AddLogSourceBody) => apiFetch<AddLogSourceResponse>('/log-sources', { method: 'POST', json: body }),
    onSuccess: () => invalidate(),
  })
}

export function useSetLogSourcePaused(logSourceId: string) {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (paused: boolean) => apiFetch<LogSourceResponse>(path(logSourceId), { method: 'PATCH', json: { paused } }),
    onSettled: () => invalidate(),
  })
}

export function useSetLogSourceFormat(logSourceId: string) {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (format: string | null) => apiFetch<LogSourceResponse>(path(logSourceId), { method: 'PATCH', json: { format } }),
    onSettled: () => invalidate(),
  })
}

/** The page of the source is left afterwards: only lists are asked for again. */
export function useRemoveLogSource(logSourceId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: () => apiFetch<LogSourceResponse>(path(logSourceId), { method: 'DELETE' }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: logSourceKeys.list }),
        client.invalidateQueries({ queryKey: ['log-sources', 'gaps'] }),
      ]),
  })
}

export function useCreateIntakeKey(logSourceId: string) {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (body: CreateIntakeKeyBody) =>
      apiFetch<CreateIntakeKeyResponse>(`${path(logSourceId)}/keys`, { method: 'POST', json: body }),
    onSuccess: () => invalidate(),
  })
}

export function useRevokeIntakeKey(logSourceId: string) {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (keyId: string) =>
      apiFetch<IntakeKeyResponse>(`${path(logSourceId)}/keys/${encodeURIComponent(keyId)}`, { method: 'DELETE' }),
    onSettled: () => invalidate(),
  })
}
