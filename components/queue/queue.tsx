'use client'

import dynamic from 'next/dynamic'
import { useQueryStates } from 'nuqs'
import type { DetectorName } from '@/components/alarm/alarm-board'
import { usePresence } from '@/components/shell/presence'
import { alarmsSearchParams } from '@/lib/url/alarms-search-params'

const AlarmBoard = dynamic(() => import('@/components/alarm/alarm-board').then((module) => module.AlarmBoard))
const StoryBoard = dynamic(() => import('./story-board').then((module) => module.StoryBoard))

/** The queue as the address asks for it: by story or by alarm. */
export function Queue({ detectors }: { readonly detectors: readonly DetectorName[] }) {
  usePresence(null)
  const [{ rows }] = useQueryStates({ rows: alarmsSearchParams.rows })
  return rows === 'stories' ? <StoryBoard detectors={detectors} /> : <AlarmBoard detectors={detectors} />
}
