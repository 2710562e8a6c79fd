'use client'

import { useQueryClient } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useCurrentUser } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/components/ui/format'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import type { AlarmStatus } from '@/lib/domain/alarm'
import { alarmKeys } from '@/lib/queries/alarms'
import { alarmsSearchParams, serializeAlarmsSearchParams, toAlarmFilter } from '@/lib/url/alarms-search-params'
import { FilterChips } from './filter-chips'
import { NewAlarmsPill } from './new-alarms-pill'
import { QueueBody } from './queue-body'
import { QueueFilters } from './queue-filters'
import { rowId } from './queue-row'
import { StatusTabs } from './status-tabs'
import type { WalkedList } from './use-list-position'
import { useLiveRows } from './use-live-rows'
import { useShortcuts } from './use-shortcuts'
import { useTriage } from './use-triage'

const DecisionLayer = dynamic(() => import('./decision-layer').then((module) => module.DecisionLayer), { ssr: false })

export interface DetectorName {
  readonly id: string
  readonly title: string
}

function focusRow(alarmId: string): void {
  const row = document.getElementById(rowId(alarmId))
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'nearest' })
}

/** The queue: everything in the address, rows that stand still, a decision in two keys. */
export function AlarmBoard({ detectors }: { readonly detectors: readonly DetectorName[] }) {
  const { role } = useCurrentUser()
  const router = useRouter()
  const client = useQueryClient()
  const [params, setParams] = useQueryStates(alarmsSearchParams, { history: 'replace' })
  const filter = useMemo(() => toAlarmFilter(params), [params])
  const live = useLiveRows(filter)
  const searchRef = useRef<HTMLInputElement>(null)
  // Coming back from an alarm, the cursor is where it was.
  const [wantedId, setWantedId] = useState<string | null>(() => client.getQueryData<WalkedList>(alarmKeys.walked)?.alarmId ?? null)
  const focusWanted = useRef(wantedId !== null)
  // The row may be wanted again without anything else having changed.
  const [, setMoves] = useState(0)
  const index = Math.max(
    0,
    live.rows.findIndex((row) => row.id === wantedId),
  )
  const active = live.rows[index] ?? null
  const titles = useMemo(() => new Map(detectors.map(({ id, title }) => [id, title])), [detectors])
  const detectorTitle = (id: string) => titles.get(id) ?? id

  // Once the row is drawn, and after a closing sheet has given its focus back.
  useEffect(() => {
    if (!focusWanted.current || active === null || active.id !== wantedId) return
    const frame = requestAnimationFrame(() => {
      focusWanted.current = false
      focusRow(active.id)
    })
    return () => cancelAnimationFrame(frame)
  })
  const moveToId = (alarmId: string) => {
    focusWanted.current = true
    setWantedId(alarmId)
    setMoves((count) => count + 1)
  }
  const moveTo = (to: number) => {
    const row = live.rows[to]
    if (row === undefined) return
    moveToId(row.id)
  }
  /** New rows come in around the cursor; it stays on its alarm. */
  const showFresh = () => {
    if (active) setWantedId(active.id)
    live.showFresh()
  }
  const triage = useTriage({
    role,
    current: active,
    onDecide: () => moveTo(index + 1 < live.rows.length ? index + 1 : index - 1),
    onRestored: moveToId,
  })
  const openAlarm = (alarmId: string) => router.push(`/alarms/${alarmId}`)
  const onFocusRow = (alarmId: string) => {
    setWantedId(alarmId)
    client.setQueryDefaults(alarmKeys.walked, { gcTime: Number.POSITIVE_INFINITY })
    client.setQueryData(alarmKeys.walked, { filter, search: serializeAlarmsSearchParams(params), alarmId } satisfies WalkedList)
  }

  const act = (key: string): boolean => {
    if (key === 'j' || key === 'ArrowDown') moveTo(index + 1)
    else if (key === 'k' || key === 'ArrowUp') moveTo(index - 1)
    else if ((key === 'Enter' || key === 'o') && active) openAlarm(active.id)
    else if (key === '/') searchRef.current?.focus()
    else if (key === 'r') showFresh()
    else return false
    return true
  }
  useShortcuts((key, owned) => triage.press(key, owned) || (!owned && triage.sheet.kind === 'none' && act(key)))

  const onlyOpen = params.status.length === 1 && params.status[0] === 'open'
  return (
    <PageFrame wide>
      <PageHeader
        title="Alarms"
        description={
          live.counts ? `${formatCount(live.total)} here, ${SORT_WORDS[params.sort]}.` : 'DNS tunnels and what else looks like one.'
        }
        actions={
          <Button
            size="sm"
            variant="ghost"
            className="pointer-coarse:hidden"
            onClick={() => triage.open({ kind: 'keys' })}
            aria-keyshortcuts="?"
          >
            Keyboard ?
          </Button>
        }
      />
      <div className="flex flex-col gap-3">
        <StatusTabs value={params.status} counts={live.counts?.status} onChange={(status: AlarmStatus[]) => void setParams({ status })} />
        <QueueFilters
          params={params}
          counts={live.counts}
          detectors={detectors}
          searchRef={searchRef}
          onChange={(changes) => void setParams(changes)}
        />
        <FilterChips params={params} detectorTitle={detectorTitle} onChange={(changes) => void setParams(changes)} />
        <NewAlarmsPill diff={live.diff} offline={live.offline} onShow={showFresh} />
        <QueueBody
          live={live}
          params={params}
          activeId={active?.id ?? null}
          onlyOpen={onlyOpen}
          showStatus={!onlyOpen}
          detectorTitle={detectorTitle}
          onFocusRow={onFocusRow}
          onParams={(changes) => void setParams(changes)}
        />
      </div>
      <DecisionLayer triage={triage} role={role} detectorTitle={detectorTitle} on="queue" />
    </PageFrame>
  )
}

const SORT_WORDS = { worst: 'worst and newest first', newest: 'newest first', oldest: 'oldest first' } as const
