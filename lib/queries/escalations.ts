import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type {
  CreateEscalationInput,
  EscalationChangeBody,
  EscalationOutcomeResponse,
  EscalationPeopleResponse,
  EscalationResponse,
  HandoverFormat,
  IndicatorsResponse,
  ListEscalationsResponse,
  SuggestEscalationsResponse,
} from '@/lib/api/contracts/escalations'
import { alarmKeys } from './alarms'

export const escalationKeys = {
  all: ['escalations'] as const,
  lists: ['escalations', 'list'] as const,
  detail: (id: string) => ['escalations', 'detail', id] as const,
  suggestions: (alarmId: string) => ['escalations', 'suggestions', alarmId] as const,
  people: ['escalations', 'people'] as const,
}

export interface EscalationListInput {
  readonly status?: readonly string[]
  readonly severity?: readonly string[]
  readonly ownerUserId?: string
  readonly text?: string
}

const path = (id: string): string => `/escalations/${encodeURIComponent(id)}`

/** `?a=b,c…` of a filter. */
function listQuery(filter: EscalationListInput, cursor: string | null): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) if (value !== undefined) params.set(name, String(value))
  if (cursor !== null) params.set('cursor', cursor)
  return params.size === 0 ? '' : `?${params}`
}

/** How often a page that somebody looks at asks what others did. */
const LIVE_MS = 10_000

export const escalationListOptions = (filter: EscalationListInput) =>
  infiniteQueryOptions({
    queryKey: [...escalationKeys.lists, filter],
    queryFn: ({ pageParam, signal }) => apiFetch<ListEscalationsResponse>(`/escalations${listQuery(filter, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: LIVE_MS,
  })

export const escalationOptions = (id: string) =>
  queryOptions({
    queryKey: escalationKeys.detail(id),
    queryFn: ({ signal }) => apiFetch<EscalationResponse>(path(id), { signal }),
    refetchInterval: (query) => (query.state.error === null ? LIVE_MS : false),
  })

/** Read again only when other alarms are in it. @param alarmIds - of the escalation, in any fixed order. */
export const indicatorsOptions = (id: string, alarmIds: readonly string[]) =>
  queryOptions({
    queryKey: ['escalation-indicators', id, alarmIds] as const,
    queryFn: ({ signal }) => apiFetch<IndicatorsResponse>(`${path(id)}/indicators`, { signal }),
    staleTime: 30_000,
  })

/** Open escalations an alarm would fit into. */
export const suggestionsOptions = (alarmId: string) =>
  queryOptions({
    queryKey: escalationKeys.suggestions(alarmId),
    queryFn: ({ signal }) =>
      apiFetch<SuggestEscalationsResponse>(`/escalations/suggestions?alarm=${encodeURIComponent(alarmId)}`, { signal }),
    staleTime: 0,
  })

export const escalationPeopleOptions = () =>
  queryOptions({
    queryKey: escalationKeys.people,
    queryFn: ({ signal }) => apiFetch<EscalationPeopleResponse>('/escalations/people', { signal }),
    staleTime: 60_000,
  })

/** Where the browser downloads the hand-over. */
export const handoverHref = (id: string, format: HandoverFormat): string => `/api/v1${path(id)}/handover?format=${format}`

function useInvalidate() {
  const client = useQueryClient()
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: escalationKeys.all }),
      client.invalidateQueries({ queryKey: alarmKeys.lists }),
      client.invalidateQueries({ queryKey: alarmKeys.changes }),
    ])
}

export function useCreateEscalation() {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (body: CreateEscalationInput) => apiFetch<EscalationOutcomeResponse>('/escalations', { method: 'POST', json: body }),
    onSettled: () => invalidate(),
  })
}

/** One change of an escalation. */
export function useChangeEscalation(id: string) {
  const invalidate = useInvalidate()
  return useMutation({
    mutationFn: (body: EscalationChangeBody) => apiFetch<EscalationOutcomeResponse>(`${path(id)}/changes`, { method: 'POST', json: body }),
    onSettled: () => invalidate(),
  })
}
