'use client'

import { useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useMemo, useRef, useState } from 'react'
import { BulkBar } from '@/components/queue/bulk-bar'
import { copyLink } from '@/components/queue/copy-link'
import { QueueActions } from '@/components/queue/queue-actions'
import { UnitStatus } from '@/components/queue/unit-status'
import { useBulk } from '@/components/queue/use-bulk'
import { ViewTabs } from '@/components/queue/view-tabs'
import { useCurrentUser, useRefusal } from '@/components/shell/current-user'
import { usePageActions } from '@/components/shell/page-actions'
import { useClock } from '@/components/ui/clock'
import { formatCount } from '@/components/ui/format'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { useWhenIdle } from '@/components/ui/use-when-idle'
import type { AlarmStatus } from '@/lib/domain/alarm'
import { alarmKeys } from '@/lib/queries/alarms'
import { alarmsSearchParams, serializeAlarmsSearchParams, toAlarmFilter } from '@/lib/url/alarms-search-params'
import { FilterChips } from './filter-chips'
import { NewAlarmsPill } from './new-alarms-pill'
import { alarmActions, selectionActions } from './offered-actions'
import { QueueBody } from './queue-body'
import { QueueFilters } from './queue-filters'
import { StatusTabs } from './status-tabs'
import type { WalkedList } from './use-list-position'
import { useLiveRows } from './use-live-rows'
import { useRowCursor } from './use-row-cursor'
import { useShortcuts } from './use-shortcuts'
import { useTriage } from './use-triage'

const loadDecisionLayer = () => import('./decision-layer')
const DecisionLayer = dynamic(() => loadDecisionLayer().then((module) => module.DecisionLayer), { ssr: false })
const loadBulkLayer = () => import('@/components/queue/bulk-layer')
const BulkLayer = dynamic(() => loadBulkLayer().then((module) => module.BulkLayer), { ssr: false })
const SaveViewDialog = dynamic(() => import('@/components/queue/save-view').then((module) => module.SaveViewDialog), { ssr: false })

export interface DetectorName {
  readonly id: string
  readonly title: string
}

/** The queue: everything in the address, rows that stand still, a decision in two keys. */
export function AlarmBoard({ detectors }: { readonly detectors: readonly DetectorName[] }) {
  const { role } = useCurrentUser()
  const refusal = useRefusal('alarm:decide')
  const clock = useClock()
  const [saving, setSaving] = useState(false)
  const router = useRouter()
  const client = useQueryClient()
  const [params, setParams] = useQueryStates(alarmsSearchParams, { history: 'replace' })
  const filter = useMemo(() => toAlarmFilter(params), [params])
  const live = useLiveRows(filter)
  const searchRef = useRef<HTMLInputElement>(null)
  // Coming back from an alarm, the cursor is where it was.
  const [lastId] = useState(() => client.getQueryData<WalkedList>(alarmKeys.walked)?.alarmId ?? null)
  const cursor = useRowCursor(live.rows, lastId)
  const { active } = cursor
  const titles = useMemo(() => new Map(detectors.map(({ id, title }) => [id, title])), [detectors])
  const detectorTitle = (id: string) => titles.get(id) ?? id

  /** New rows come in around the cursor; it stays on its alarm. */
  const showFresh = () => {
    if (active) cursor.stayOn(active.id)
    live.showFresh()
  }
  const bulk = useBulk({ filter, rows: live.rows, active, moveBy: cursor.moveBy })
  const triage = useTriage({
    role,
    current: active,
    onDecide: (alarmId) => {
      bulk.selection.drop(alarmId)
      cursor.moveBy(cursor.isLast ? -1 : 1)
    },
    onRestored: cursor.moveToId,
  })
  const onFocusRow = (alarmId: string) => {
    cursor.stayOn(alarmId)
    client.setQueryDefaults(alarmKeys.walked, { gcTime: Number.POSITIVE_INFINITY })
    client.setQueryData(alarmKeys.walked, { filter, search: serializeAlarmsSearchParams(params), alarmId } satisfies WalkedList)
  }

  const openAlarm = (alarmId: string) => {
    onFocusRow(alarmId)
    router.push(`/alarms/${alarmId}`)
  }

  const act = (key: string): boolean => {
    if (key === 'j' || key === 'ArrowDown') cursor.moveBy(1)
    else if (key === 'k' || key === 'ArrowUp') cursor.moveBy(-1)
    else if ((key === 'Enter' || key === 'o') && active) openAlarm(active.id)
    else if (key === '/') searchRef.current?.focus()
    else if (key === 'r') showFresh()
    else if (key === 'v') setSaving(true)
    else if (key === 't') clock.setMode(clock.mode === 'utc' ? 'local' : 'utc')
    else if (key === 'y') void copyLink(params)
    else return false
    return true
  }
  usePageActions(() => selectionActions(bulk) ?? alarmActions(triage, active))
  useWhenIdle(() => [loadDecisionLayer(), loadBulkLayer()])
  useShortcuts((key, owned, shift) => {
    if (saving) return false
    if (bulk.sheet !== 'none') return bulk.press(key, owned, shift)
    if (triage.sheet.kind === 'none' && triage.conflict === null && bulk.press(key, owned, shift)) return true
    return triage.press(key, owned) || (!owned && triage.sheet.kind === 'none' && act(key))
  })

  const onlyOpen = params.status.length === 1 && params.status[0] === 'open'
  return (
    <PageFrame wide>
      <PageHeader
        title="Alarms"
        description={
          live.counts ? `${formatCount(live.total)} here, ${SORT_WORDS[params.sort]}.` : 'DNS tunnels and what else looks like one.'
        }
        actions={<QueueActions rows={params.rows} onRows={(rows) => void setParams({ rows })} triage={triage} />}
      />
      <div className="flex flex-col gap-3">
        <ViewTabs params={params} onChange={(changes) => void setParams(changes)} onSave={() => setSaving(true)} />
        <StatusTabs value={params.status} counts={live.counts?.status} onChange={(status: AlarmStatus[]) => void setParams({ status })} />
        <QueueFilters
          params={params}
          counts={live.counts}
          detectors={detectors}
          searchRef={searchRef}
          onChange={(changes) => void setParams(changes)}
        />
        <FilterChips params={params} detectorTitle={detectorTitle} onChange={(changes) => void setParams(changes)} />
        <UnitStatus />
        <BulkBar bulk={bulk} total={live.total} loaded={live.rows.length} refusal={refusal} />
        <NewAlarmsPill diff={live.diff} offline={live.offline} onShow={showFresh} />
        <QueueBody
          live={live}
          params={params}
          activeId={active?.id ?? null}
          onlyOpen={onlyOpen}
          showStatus={!onlyOpen}
          detectorTitle={detectorTitle}
          isSelected={bulk.selection.has}
          onSelect={bulk.mayDecide ? bulk.selection.toggle : null}
          onFocusRow={onFocusRow}
          onParams={(changes) => void setParams(changes)}
        />
      </div>
      {bulk.sheet !== 'none' && <BulkLayer bulk={bulk} />}
      {saving && <SaveViewDialog params={params} onClose={() => setSaving(false)} />}
      {(triage.sheet.kind !== 'none' || triage.conflict !== null) && (
        <DecisionLayer triage={triage} role={role} detectorTitle={detectorTitle} on="queue" />
      )}
    </PageFrame>
  )
}

const SORT_WORDS = { worst: 'worst and newest first', newest: 'newest first', oldest: 'oldest first' } as const
