import { infiniteQueryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { AlarmBaselineResponse } from '@/lib/api/contracts/alarm-baseline'
import { alarmKeys } from './alarms'

const START: string | null = null

/** What other zones did in the alarm's hours, in pieces that add up; it does not change while one looks at it. */
export const alarmBaselineOptions = (alarmId: string) =>
  infiniteQueryOptions({
    queryKey: [...alarmKeys.detail(alarmId), 'baseline'],
    queryFn: ({ pageParam, signal }) => {
      const search = pageParam === null ? '' : `?cursor=${encodeURIComponent(pageParam)}`
      return apiFetch<AlarmBaselineResponse>(`/alarms/${encodeURIComponent(alarmId)}/baseline${search}`, { signal })
    },
    initialPageParam: START,
    getNextPageParam: (last: AlarmBaselineResponse) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  })
