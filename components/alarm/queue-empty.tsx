'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { silenceText } from '@/components/source/log-source-state'
import { buttonClass } from '@/components/ui/button-class'
import { useClock } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { Skeleton } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import { currentGapsOptions } from '@/lib/queries/log-sources'
import { sourceListOptions } from '@/lib/queries/sources'

interface QueueEmptyProps {
  /** Filters beyond the status tab are in force. */
  readonly narrowed: boolean
  readonly tabLabel: string
  readonly onlyOpen: boolean
  /** The chips that take filters away. */
  readonly chips: ReactNode
  /** Alarms of any status under the same filter. */
  readonly elsewhere: number
}

/** No rows: because all is clear, because a filter hides them, or because nothing came in; never the same picture. */
export function QueueEmpty({ narrowed, tabLabel, onlyOpen, chips, elsewhere }: QueueEmptyProps) {
  const sources = useQuery(sourceListOptions())
  const gaps = useQuery(currentGapsOptions())
  const { now } = useClock()
  if (narrowed) {
    return (
      <EmptyState kind="filtered" title="No alarm matches these filters" actions={chips}>
        {elsewhere > 0 ? `${plural(elsewhere, 'alarm')} with another status match.` : 'Take one away to widen the search.'}
      </EmptyState>
    )
  }
  if (sources.isPending) return <Skeleton className="h-48 w-full" />
  const silence = silenceText(gaps.data?.gaps ?? [], now)
  if (silence !== null)
    return (
      <EmptyState kind="blind" title={<InertText text={silence} />} actions={<Link href="/sources">See the sources</Link>}>
        An empty queue proves nothing while logs are missing.
      </EmptyState>
    )
  const totals = sources.data?.totals
  if (totals && totals.dnsEvents + totals.processEvents === 0) {
    return (
      <EmptyState
        kind="first"
        title="No log has been read yet"
        actions={
          <Link href="/sources" className={buttonClass('primary')}>
            Bring in a log
          </Link>
        }
      >
        An empty queue proves nothing until Dowser has seen DNS logs or process starts.
      </EmptyState>
    )
  }
  return (
    <EmptyState kind="clear" title={onlyOpen ? 'Nothing open' : `Nothing under ${tabLabel.toLowerCase()}`}>
      {totals ? (
        <>
          {formatCount(totals.dnsEvents)} lookups and {formatCount(totals.processEvents)} process starts read
          {totals.lastEventAt === null ? '' : ', the newest from '}
          {totals.lastEventAt === null ? null : <TimeText at={totals.lastEventAt} />}.
        </>
      ) : (
        'How much has been read could not be asked.'
      )}
    </EmptyState>
  )
}
