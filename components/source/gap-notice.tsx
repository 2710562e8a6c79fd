'use client'
import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import Link from 'next/link'
import { useClock } from '@/components/ui/clock'
import { formatDuration } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { TimeText } from '@/components/ui/time-text'
import { gapsOptions } from '@/lib/queries/log-sources'

const SHOWN = 3

/** Silences of log sources that overlap an alarm's span: what may be missing from its evidence. @param toMs - inclusive. */
export function GapNotice({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  const { now } = useClock()
  const { data } = useQuery(gapsOptions(fromMs, toMs + 1))
  const gaps = data?.gaps ?? []
  if (gaps.length === 0) return null
  return (
    <Notice tone="warn">
      <p className="m-0 font-medium">Not everything was seen while this went on.</p>
      <ul className="m-0 list-none p-0">
        {gaps.slice(0, SHOWN).map((gap) => (
          <li key={`${gap.logSourceId}-${gap.fromMs}`}>
            No DNS from{' '}
            <Link href={`/sources/${encodeURIComponent(gap.logSourceId)}` as Route}>
              <InertText text={gap.name} limit={60} />
            </Link>{' '}
            for {formatDuration((gap.toMs ?? now) - gap.fromMs)}, from <TimeText at={gap.fromMs} precision="minute" />
            {gap.toMs === null ? ', still' : ''}.
          </li>
        ))}
      </ul>
      {gaps.length > SHOWN ? <p className="m-0">And {gaps.length - SHOWN} more.</p> : null}
    </Notice>
  )
}
