'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import Link from 'next/link'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import type { UnitResponse } from '@/lib/api/contracts/selections'
import { unitKeys } from '@/lib/queries/selections'
import { leftWords, unitProgress, unitTitle } from './unit-words'

/** How far a decision on many alarms is, and which it left alone because someone else was first. */
export function UnitStatus() {
  const client = useQueryClient()
  const { data } = useQuery<UnitResponse | null>({
    queryKey: unitKeys.current,
    // Written by whoever starts a unit, never fetched from here.
    queryFn: () => client.getQueryData<UnitResponse>(unitKeys.current) ?? null,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (!data) return null
  const { unit, leftAlone } = data
  if (unit.finishedAt === null) {
    const done = unit.changed + unit.left
    return (
      <div className="flex flex-col gap-1 text-sm">
        <span aria-live="polite">
          {unitProgress(unit)}: {formatCount(done)} of {formatCount(unit.total)}
        </span>
        <Progress label={unitProgress(unit)} value={done / Math.max(1, unit.total)} />
      </div>
    )
  }
  if (unit.left === 0) return null
  return (
    <Notice tone="warn">
      <p className="m-0">
        {unitTitle(unit)}. {leftWords(unit.left)}
      </p>
      <ul className="m-0 mt-1 flex list-none flex-wrap gap-x-3 p-0 text-sm">
        {leftAlone.map((alarm) => (
          <li key={alarm.id}>
            <Link href={`/alarms/${alarm.id}`} prefetch={false}>
              {alarm.id}
            </Link>{' '}
            <InertText text={alarm.zone ?? alarm.source ?? ''} /> ({alarm.status})
          </li>
        ))}
        {unit.left > leftAlone.length && <li>and {formatCount(unit.left - leftAlone.length)} more</li>}
      </ul>
      <Button size="sm" variant="ghost" onClick={() => client.setQueryData(unitKeys.current, null)}>
        Dismiss
      </Button>
    </Notice>
  )
}
