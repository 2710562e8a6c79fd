import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Queue } from '@/components/queue/queue'
import { ALARM_PAGE_SIZE, alarmListOptions } from '@/lib/queries/alarms'
import { queryClient } from '@/lib/queries/query-client'
import { storyListOptions } from '@/lib/queries/stories'
import { requireContext } from '@/lib/server/require-context'
import { listAlarms } from '@/lib/services/alarms/list-alarms'
import { listStories } from '@/lib/services/alarms/list-stories'
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
  const params = await loadAlarmsSearchParams(searchParams)
  const filter = toAlarmFilter(params)
  const client = queryClient()
  // Same key as the browser, but the server calls the service. A failure is left to the browser, which asks again and shows it.
  const first = { ...filter, limit: ALARM_PAGE_SIZE, cursor: null }
  await (params.rows === 'stories'
    ? client.infiniteQuery({ ...storyListOptions(filter), queryFn: () => listStories(ctx, first) })
    : client.infiniteQuery({ ...alarmListOptions(filter), queryFn: () => listAlarms(ctx, first) })
  ).catch(() => undefined)
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Queue detectors={detectorNames()} />
    </HydrationBoundary>
  )
}
