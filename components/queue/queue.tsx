'use client'

import { useQueryStates } from 'nuqs'
import { AlarmBoard, type DetectorName } from '@/components/alarm/alarm-board'
import { alarmsSearchParams } from '@/lib/url/alarms-search-params'
import { StoryBoard } from './story-board'

/** The queue as the address asks for it: by story or by alarm. */
export function Queue({ detectors }: { readonly detectors: readonly DetectorName[] }) {
  const [{ rows }] = useQueryStates({ rows: alarmsSearchParams.rows })
  return rows === 'stories' ? <StoryBoard detectors={detectors} /> : <AlarmBoard detectors={detectors} />
}
