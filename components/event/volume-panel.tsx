'use client'
import { Panel } from '@/components/alarm/panel'
import { SkeletonRows } from '@/components/ui/skeleton'
import type { EventFilterQuery } from '@/lib/api/contracts/event-search'
import { CountProgress } from './count-progress'
import { CountsChart } from './counts-chart'
import { useCounts } from './use-counts'

/** How much was asked, over all that is stored or the filter's time. */
export function VolumePanel({ filter }: { readonly filter: EventFilterQuery }) {
  const counts = useCounts(filter)
  return (
    <Panel id="volume" title="Volume">
      <div className="flex flex-col gap-4">
        {counts.query.isPending ? <SkeletonRows rows={4} label="Counting the lookups" /> : <CountProgress counts={counts} noun="lookups" />}
        <CountsChart counts={counts} noun="lookups" title="Lookups by type" />
        {counts.query.isError ? <p className="m-0 text-danger text-sm">The lookups could not be counted; reload to try again.</p> : null}
      </div>
    </Panel>
  )
}
