import { dehydrate, HydrationBoundary } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AlarmView } from '@/components/alarm/alarm-view'
import { alarmOptions, guideStepsOptions } from '@/lib/queries/alarms'
import { queryClient } from '@/lib/queries/query-client'
import { requireContext } from '@/lib/server/require-context'
import { getAlarm } from '@/lib/services/alarms/get-alarm'
import { listGuideSteps } from '@/lib/services/alarms/guide-list-steps'
import { detectorNames } from '../detector-names'
import { guideOf } from './guide-of'

interface AlarmPageProps {
  readonly params: Promise<{ id: string }>
}

export async function generateMetadata({ params }: AlarmPageProps): Promise<Metadata> {
  return { title: decodeURIComponent((await params).id) }
}

const isNotFound = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'not-found'

export default async function AlarmPage({ params }: AlarmPageProps) {
  const ctx = await requireContext()
  const alarmId = decodeURIComponent((await params).id)
  const client = queryClient()
  const loaded = await client.query({ ...alarmOptions(alarmId), queryFn: () => getAlarm(ctx, { alarmId }) }).catch((error: unknown) => {
    if (isNotFound(error)) return null
    throw error
  })
  if (loaded === null) notFound()
  await client.query({ ...guideStepsOptions(alarmId), queryFn: () => listGuideSteps(ctx, { alarmId }) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <AlarmView key={alarmId} alarmId={alarmId} detectors={detectorNames()} guide={guideOf(loaded.alarm.detector)} />
    </HydrationBoundary>
  )
}
