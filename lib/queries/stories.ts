import { infiniteQueryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { ListStoriesResponse } from '@/lib/api/contracts/stories'
import { type AlarmListFilter, alarmKeys, listQueryString } from './alarms'

/** The queue's stories, page by page; like its rows they stand still until asked. */
export const storyListOptions = ({ sort: _sort, ...filter }: AlarmListFilter) =>
  infiniteQueryOptions({
    queryKey: alarmKeys.stories({ ...filter, sort: 'worst' }),
    queryFn: ({ pageParam, signal }) =>
      apiFetch<ListStoriesResponse>(`/alarms/stories?${listQueryString({ ...filter, sort: 'worst' }, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: ListStoriesResponse) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
