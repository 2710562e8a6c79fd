import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { AlarmBoard } from '@/components/alarm/alarm-board'
import { ALARM_PAGE_SIZE, alarmListOptions } from '@/lib/queries/alarms'
import { queryClient } from '@/lib/queries/query-client'
import { requireContext } from '@/lib/server/require-context'
import { listAlarms } from '@/lib/services/alarms/list-alarms'
import { listViews } from '@/lib/services/views/list-views'
import { loadAlarmsSearchParams, toAlarmFilter } from '@/lib/url/alarms-search-params'
import { detectorNames } from '../detector-names'

export const metadata: Metadata = { title: 'Alarms' }

export default async function AlarmsPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const ctx = await requireContext()
  if (Object.keys(await searchParams).length === 0) {
    // A bare address opens the first view of the person's role, when an administrator chose one.
    const first = (await listViews(ctx)).views.find((view) => view.defaultOf === ctx.actor.role)?.search
    if (first) redirect(`/alarms?${first}`)
  }
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
