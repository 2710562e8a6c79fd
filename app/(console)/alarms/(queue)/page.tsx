import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { AlarmBoard } from '@/components/alarm/alarm-board'
import { ALARM_PAGE_SIZE, alarmListOptions } from '@/lib/queries/alarms'
import { queryClient } from '@/lib/queries/query-client'
import { requireContext } from '@/lib/server/require-context'
import { listAlarms } from '@/lib/services/alarms/list-alarms'
import { loadAlarmsSearchParams, toAlarmFilter } from '@/lib/url/alarms-search-params'
import { detectorNames } from '../detector-names'

export const metadata: Metadata = { title: 'Alarms' }

export default async function AlarmsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireContext()
  const filter = toAlarmFilter(await loadAlarmsSearchParams(searchParams))
  const client = queryClient()
  // Same key as the browser, but the server calls the service. A failure is left to the browser, which asks again and shows it.
  await client
    .infiniteQuery({ ...alarmListOptions(filter), queryFn: () => listAlarms(ctx, { ...filter, limit: ALARM_PAGE_SIZE, cursor: null }) })
    .catch(() => undefined)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AlarmBoard detectors={detectorNames()} />
    </HydrationBoundary>
  )
}
