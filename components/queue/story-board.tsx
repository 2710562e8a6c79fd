'use client'

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { DetectorName } from '@/components/alarm/alarm-board'
import { FilterChips } from '@/components/alarm/filter-chips'
import { selectionActions, storyActions } from '@/components/alarm/offered-actions'
import { QueueEmpty } from '@/components/alarm/queue-empty'
import { QueueFilters } from '@/components/alarm/queue-filters'
import { StatusTabs, statusTabOf } from '@/components/alarm/status-tabs'
import { useRowCursor } from '@/components/alarm/use-row-cursor'
import { useShortcuts } from '@/components/alarm/use-shortcuts'
import { useTriage } from '@/components/alarm/use-triage'
import { useCurrentUser, useRefusal } from '@/components/shell/current-user'
import { usePageActions } from '@/components/shell/page-actions'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount, plural } from '@/components/ui/format'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { Skeleton } from '@/components/ui/skeleton'
import { useWhenIdle } from '@/components/ui/use-when-idle'
import { alarmChangesOptions } from '@/lib/queries/alarms'
import { failureOf } from '@/lib/queries/failure'
import { storyListOptions } from '@/lib/queries/stories'
import { alarmsSearchParams, isNarrowed, toAlarmFilter } from '@/lib/url/alarms-search-params'
import { BulkBar } from './bulk-bar'
import { copyLink } from './copy-link'
import { QueueActions } from './queue-actions'
import { StoryTable } from './story-table'
import { UnitStatus } from './unit-status'
import { useBulk } from './use-bulk'
import { useStoryKeys } from './use-story-keys'
import { ViewTabs } from './view-tabs'

const loadDecisionLayer = () => import('@/components/alarm/decision-layer')
const DecisionLayer = dynamic(() => loadDecisionLayer().then((module) => module.DecisionLayer), { ssr: false })
const loadBulkLayer = () => import('./bulk-layer')
const BulkLayer = dynamic(() => loadBulkLayer().then((module) => module.BulkLayer), { ssr: false })
const SaveViewDialog = dynamic(() => import('./save-view').then((module) => module.SaveViewDialog), { ssr: false })

/** The queue by story: one row per zone, decided as one. */
export function StoryBoard({ detectors }: { readonly detectors: readonly DetectorName[] }) {
  const { role } = useCurrentUser()
  const refusal = useRefusal('alarm:decide')
  const clock = useClock()
  const router = useRouter()
  const [params, setParams] = useQueryStates(alarmsSearchParams, { history: 'replace' })
  const filter = useMemo(() => toAlarmFilter(params), [params])
  const list = useInfiniteQuery({ ...storyListOptions(filter), placeholderData: keepPreviousData })
  const changes = useQuery(alarmChangesOptions())
  const first = list.data?.pages[0]
  const stories = useMemo(() => list.data?.pages.flatMap((page) => page.stories) ?? [], [list.data])
  const worst = useMemo(() => stories.map((story) => story.worst), [stories])
  const cursor = useRowCursor(worst, null)
  const story = stories.find((each) => each.worst.id === cursor.active?.id) ?? null
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [saving, setSaving] = useState(false)
  const searchRef = useRef<HTMLInputElement>(null)
  const bulk = useBulk({ filter, rows: [], active: null, moveBy: cursor.moveBy })
  const triage = useTriage({ role, current: null })
  const titles = useMemo(() => new Map(detectors.map(({ id, title }) => [id, title])), [detectors])
  const detectorTitle = useCallback((id: string) => titles.get(id) ?? id, [titles])
  const moved = first !== undefined && (changes.data?.changeNumber ?? 0) > first.changeNumber

  const toggle = useCallback(
    (key: string, shown?: boolean) =>
      setOpen((before) => {
        const next = new Set(before)
        if (shown ?? !before.has(key)) next.add(key)
        else next.delete(key)
        return next
      }),
    [],
  )
  const onStory = useStoryKeys({ bulk, filter, story })
  const act = (key: string): boolean => {
    if (key === 'j' || key === 'ArrowDown') cursor.moveBy(1)
    else if (key === 'k' || key === 'ArrowUp') cursor.moveBy(-1)
    else if (story && key === 'ArrowRight') toggle(story.key, true)
    else if (story && key === 'ArrowLeft') toggle(story.key, false)
    else if (story && (key === 'Enter' || key === 'o')) router.push(`/alarms/${story.worst.id}`)
    else if (key === '/') searchRef.current?.focus()
    else if (key === 'r') void list.refetch()
    else if (key === 'v') setSaving(true)
    else if (key === 't') clock.setMode(clock.mode === 'utc' ? 'local' : 'utc')
    else if (key === 'y') void copyLink(params)
    else return false
    return true
  }
  useWhenIdle(() => [loadDecisionLayer(), loadBulkLayer()])
  usePageActions(() => selectionActions(bulk) ?? storyActions(onStory.press, bulk.mayDecide, story))
  useShortcuts((key, owned, shift) => {
    if (saving) return false
    if (bulk.sheet !== 'none') return bulk.press(key, owned, shift)
    if (triage.sheet.kind !== 'none') return triage.press(key, owned)
    if (onStory.press(key)) return true
    if (key === 'z' || key === '?') return triage.press(key, owned)
    return !owned && act(key)
  })

  return (
    <PageFrame wide>
      <PageHeader
        title="Alarms"
        description={
          first
            ? `${plural(first.total ?? stories.length, 'story', 'stories')} of ${plural(first.alarms, 'alarm')}, worst first.`
            : 'What belongs together, as one row.'
        }
        actions={<QueueActions rows="stories" onRows={(rows) => void setParams({ rows })} triage={triage} />}
      />
      <div className="flex flex-col gap-3">
        <ViewTabs params={params} onChange={(next) => void setParams(next)} onSave={() => setSaving(true)} />
        <StatusTabs value={params.status} counts={first?.counts.status} onChange={(status) => void setParams({ status })} />
        <QueueFilters
          params={params}
          counts={first?.counts}
          detectors={detectors}
          searchRef={searchRef}
          onChange={(next) => void setParams(next)}
        />
        <FilterChips params={params} detectorTitle={detectorTitle} onChange={(next) => void setParams(next)} />
        <UnitStatus />
        <BulkBar bulk={bulk} total={0} loaded={0} refusal={refusal} />
        <div aria-live="polite">
          {moved && (
            <Button size="sm" icon="refresh" onClick={() => void list.refetch()} aria-keyshortcuts="r" pending={list.isFetching}>
              Alarms changed: show them
            </Button>
          )}
        </div>
        <Stories
          list={list}
          shown={stories.length}
          empty={
            <QueueEmpty
              narrowed={isNarrowed(params)}
              tabLabel={statusTabOf(params.status)?.label ?? 'these statuses'}
              onlyOpen={params.status.length === 1 && params.status[0] === 'open'}
              elsewhere={Object.values(first?.counts.status ?? {}).reduce((sum, count) => sum + count, 0)}
              chips={<FilterChips params={params} detectorTitle={detectorTitle} onChange={(next) => void setParams(next)} />}
            />
          }
        >
          <StoryTable
            stories={stories}
            filter={filter}
            activeId={cursor.active?.id ?? null}
            open={open}
            onToggle={toggle}
            onFocusRow={cursor.stayOn}
            detectorTitle={detectorTitle}
          />
        </Stories>
      </div>
      {bulk.sheet !== 'none' && <BulkLayer bulk={bulk} />}
      {saving && <SaveViewDialog params={params} onClose={() => setSaving(false)} />}
      {(triage.sheet.kind !== 'none' || triage.conflict !== null) && (
        <DecisionLayer triage={triage} role={role} detectorTitle={detectorTitle} on="queue" />
      )}
    </PageFrame>
  )
}

interface StoriesProps {
  readonly list: ReturnType<typeof useStoryList>
  /** Shown instead of rows when there are none: the reasons why. */
  readonly empty: React.ReactNode
  readonly shown: number
  readonly children: React.ReactNode
}

// Names the type of the list's query.
const useStoryList = (filter: Parameters<typeof storyListOptions>[0]) => useInfiniteQuery(storyListOptions(filter))

function Stories({ list, empty, shown, children }: StoriesProps) {
  if (list.isPending) return <Skeleton className="h-64 w-full" />
  if (list.isError && shown === 0) {
    const failure = failureOf(list.error)
    return (
      <ErrorPanel
        title="The stories could not be loaded"
        detail={failure.detail}
        requestId={failure.requestId}
        onRetry={() => void list.refetch()}
        retrying={list.isFetching}
      />
    )
  }
  if (shown === 0) return empty
  return (
    <div aria-busy={list.isPlaceholderData || undefined}>
      {children}
      <div className="flex items-center justify-center gap-3 py-4 text-muted text-sm">
        <span>{formatCount(shown)} shown</span>
        {list.hasNextPage && (
          <Button size="sm" pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
        )}
      </div>
    </div>
  )
}
