import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { AlarmTimelineResponse } from '@/lib/api/contracts/alarm-timeline'
import type {
  AlarmChangesResponse,
  AlarmResponse,
  AskingSourcesResponse,
  ListAlarmsResponse,
  RelatedAlarmsResponse,
} from '@/lib/api/contracts/alarms'
import type { GuideStepsResponse } from '@/lib/api/contracts/guide-steps'
import type { AlarmNarrowing, AlarmSort } from '@/lib/domain/alarm-filter'

/** What the queue asks for; the same names as the API's query. */
export interface AlarmListFilter extends AlarmNarrowing {
  /** Epoch ms UTC. */
  readonly from?: number
  readonly to?: number
  readonly sort: AlarmSort
}

export const ALARM_PAGE_SIZE = 50
export const CHANGES_POLL_MS = 5_000
const LIST_KEPT_MS = 3_600_000

export const alarmKeys = {
  all: ['alarms'] as const,
  lists: ['alarms', 'list'] as const,
  list: (filter: AlarmListFilter) => [...alarmKeys.lists, filter] as const,
  fresh: (filter: AlarmListFilter, changeNumber: number) => [...alarmKeys.all, 'fresh', filter, changeNumber] as const,
  stories: (filter: AlarmListFilter) => [...alarmKeys.all, 'stories', filter] as const,
  changes: ['alarms', 'changes'] as const,
  decided: ['decided-alarms'] as const,
  /** The list the analyst came from, for previous and next on the alarm page. */
  walked: ['walked-alarms'] as const,
  detail: (alarmId: string) => [...alarmKeys.all, 'detail', alarmId] as const,
  related: (alarmId: string) => [...alarmKeys.detail(alarmId), 'related'] as const,
  timeline: (alarmId: string) => [...alarmKeys.detail(alarmId), 'timeline'] as const,
  guideSteps: (alarmId: string) => [...alarmKeys.detail(alarmId), 'guide-steps'] as const,
  sources: (alarmId: string) => [...alarmKeys.detail(alarmId), 'sources'] as const,
}

const alarmPath = (alarmId: string) => `/alarms/${encodeURIComponent(alarmId)}`

/** Query string of a list request; lists are comma-joined, as `ListAlarmsQuery` reads them. */
export function listQueryString(filter: AlarmListFilter, cursor: string | null): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) {
    if (value !== undefined) search.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  search.set('limit', String(ALARM_PAGE_SIZE))
  if (cursor !== null) search.set('cursor', cursor)
  return search.toString()
}

const fetchPage = (filter: AlarmListFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch<ListAlarmsResponse>(`/alarms?${listQueryString(filter, cursor)}`, { signal })

/**
 * The queue's rows, page by page. Never refetched on its own, because a refetch would move rows under the cursor:
 * the page compares it with `freshAlarmsOptions` and lets the analyst decide when to show what came in.
 */
export const alarmListOptions = (filter: AlarmListFilter) =>
  infiniteQueryOptions({
    queryKey: alarmKeys.list(filter),
    queryFn: ({ pageParam, signal }) => fetchPage(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ListAlarmsResponse) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Long enough to read an alarm and walk on to the next one of the same list.
    gcTime: LIST_KEPT_MS,
  })

/** The first page as it was at a change number beyond the list's; kept no longer than it is looked at. */
export const freshAlarmsOptions = (filter: AlarmListFilter, changeNumber: number) =>
  queryOptions({
    queryKey: alarmKeys.fresh(filter, changeNumber),
    queryFn: ({ signal }) => fetchPage(filter, null, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: CHANGES_POLL_MS,
  })

/** Cheap poll; stops while the tab is hidden. */
export const alarmChangesOptions = () =>
  queryOptions({
    queryKey: alarmKeys.changes,
    queryFn: ({ signal }) => apiFetch<AlarmChangesResponse>('/alarms/changes', { signal }),
    refetchInterval: CHANGES_POLL_MS,
    refetchIntervalInBackground: false,
    staleTime: 0,
  })

export const alarmOptions = (alarmId: string) =>
  queryOptions({
    queryKey: alarmKeys.detail(alarmId),
    queryFn: ({ signal }) => apiFetch<AlarmResponse>(alarmPath(alarmId), { signal }),
  })

export const relatedAlarmsOptions = (alarmId: string) =>
  queryOptions({
    queryKey: alarmKeys.related(alarmId),
    queryFn: ({ signal }) => apiFetch<RelatedAlarmsResponse>(`${alarmPath(alarmId)}/related`, { signal }),
  })

/** Alarms of a zone whatever their status, the newest first: how many, and what people made of the last of them. */
export const zonePastOptions = (zone: string) =>
  queryOptions({
    queryKey: [...alarmKeys.all, 'zone-past', zone] as const,
    queryFn: ({ signal }) => fetchPage({ zone, sort: 'newest' }, null, signal),
  })

export const askingSourcesOptions = (alarmId: string) =>
  queryOptions({
    queryKey: alarmKeys.sources(alarmId),
    queryFn: ({ signal }) => apiFetch<AskingSourcesResponse>(`${alarmPath(alarmId)}/sources`, { signal }),
  })

/** What happened 48 hours either side of the alarm. */
export const alarmTimelineOptions = (alarmId: string) =>
  queryOptions({
    queryKey: alarmKeys.timeline(alarmId),
    queryFn: ({ signal }) => apiFetch<AlarmTimelineResponse>(`${alarmPath(alarmId)}/timeline`, { signal }),
  })

/** What people answered to the steps of the alarm's guide. */
export const guideStepsOptions = (alarmId: string) =>
  queryOptions({
    queryKey: alarmKeys.guideSteps(alarmId),
    queryFn: ({ signal }) => apiFetch<GuideStepsResponse>(`${alarmPath(alarmId)}/guide-steps`, { signal }),
  })
