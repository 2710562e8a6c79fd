import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'

const SHOWN = 6

/** The first alarms, of any status, that hold the words. */
export const paletteAlarmsOptions = (text: string, enabled: boolean) =>
  queryOptions({
    queryKey: ['palette', text],
    queryFn: ({ signal }) => apiFetch<ListAlarmsResponse>(`/alarms?${new URLSearchParams({ text, limit: String(SHOWN) })}`, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  })
