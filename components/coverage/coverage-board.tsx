'use client'
import { useQuery } from '@tanstack/react-query'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { plural } from '@/components/ui/format'
import { Skeleton } from '@/components/ui/skeleton'
import type { CoverageResponse } from '@/lib/api/contracts/coverage'
import { coverageOptions } from '@/lib/queries/coverage'
import { failureOf } from '@/lib/queries/failure'
import { groupByTactic, hasParentAmong, isSubTechnique, type TacticGroup } from './group-by-tactic'
import { TechniqueCell } from './technique-cell'
import { TechniqueTable } from './technique-table'

export function CoverageBoard() {
  const { data, error, isPending, refetch, isRefetching } = useQuery(coverageOptions())
  if (isPending) return <CoverageSkeleton />
  if (error && data === undefined)
    return (
      <ErrorPanel
        title="The coverage could not be loaded"
        detail={failureOf(error).detail}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        retrying={isRefetching}
      />
    )
  if (data === undefined || data.techniques.length === 0)
    return (
      <EmptyState kind="first" icon="coverage" title="No technique is claimed">
        No detector of this version claims a technique.
      </EmptyState>
    )
  const groups = groupByTactic(data.techniques)
  return (
    <div className="flex flex-col gap-7">
      <p className="m-0 text-base">
        <strong className="font-semibold">{claim(data, groups)}</strong> Everything else in ATT&amp;CK: <em>not claimed</em>. A technique
        counts as claimed because a detector states the observed fact that justifies it; a number of alarms says how often that happened,
        not how well it would be seen.
      </p>
      <div className="hidden grid-cols-1 items-start gap-x-4 gap-y-7 sm:grid lg:auto-cols-fr lg:grid-flow-col lg:grid-cols-none">
        {groups.map((group) => (
          <section key={group.tactic} aria-labelledby={`tactic-${group.tactic}`} className="min-w-0">
            <header className="mb-2 flex items-baseline justify-between gap-3 border-line-strong/60 border-b pb-1.5">
              <h2 id={`tactic-${group.tactic}`} className="m-0 font-semibold text-lg">
                {group.title}
              </h2>
              <span className="tabular text-faint text-sm">{group.techniques.length} claimed</span>
            </header>
            <div className="flex flex-col gap-2">
              {group.techniques.map((technique) => (
                <TechniqueCell
                  key={technique.id}
                  technique={technique}
                  tactic={group.tactic}
                  nested={hasParentAmong(technique.id, group.techniques)}
                  isTarget={groups.find((other) => other.techniques.some(({ id }) => id === technique.id)) === group}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
      <div className="sm:hidden">
        <TechniqueTable groups={groups} />
      </div>
      <footer className="border-line border-t pt-3 text-faint text-xs">
        <p className="m-0">
          MITRE ATT&amp;CK® {data.attackVersion}. © The MITRE Corporation. This work is reproduced and distributed with the permission of
          The MITRE Corporation. ATT&amp;CK is a registered trademark of The MITRE Corporation.
        </p>
      </footer>
    </div>
  )
}

/** "3 detectors claim 2 techniques and 1 sub-technique, under Command and Control." */
export function claim(data: CoverageResponse, groups: readonly TacticGroup[]): string {
  const detectors = new Set(data.techniques.flatMap((technique) => technique.detectors.map(({ id }) => id))).size
  const subs = data.techniques.filter(({ id }) => isSubTechnique(id)).length
  const parents = data.techniques.length - subs
  const parts = [...(parents > 0 ? [plural(parents, 'technique')] : []), ...(subs > 0 ? [plural(subs, 'sub-technique')] : [])]
  const tactics = new Intl.ListFormat('en').format(groups.map(({ title }) => title))
  return `${plural(detectors, 'detector')} ${detectors === 1 ? 'claims' : 'claim'} ${parts.join(' and ')}, under ${tactics}.`
}

export function CoverageSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-7">
      <span className="sr-only">Loading the coverage</span>
      <Skeleton className="h-10 w-3/4" />
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        {['a', 'b', 'c', 'd'].map((cell) => (
          <Skeleton key={cell} className="h-48 rounded-md" />
        ))}
      </div>
    </div>
  )
}
