'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Route } from 'next'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef } from 'react'
import { useCurrentUser, useRefusal } from '@/components/shell/current-user'
import { LookingNow } from '@/components/shell/lookers'
import { usePageActions } from '@/components/shell/page-actions'
import { GapNotice } from '@/components/source/gap-notice'
import { IconButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Icon } from '@/components/ui/icon'
import { Notice } from '@/components/ui/notice'
import { PageFrame } from '@/components/ui/page-header'
import { showToast } from '@/components/ui/toast'
import { useWhenIdle } from '@/components/ui/use-when-idle'
import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'
import { alarmChangesOptions, alarmKeys, alarmOptions, guideStepsOptions } from '@/lib/queries/alarms'
import { failureOf } from '@/lib/queries/failure'
import { statusOptions } from '@/lib/queries/status'
import type { DetectorName } from './alarm-board'
import { AlarmEvidence } from './alarm-evidence'
import { AlarmHeader } from './alarm-header'
import { AlarmSkeleton } from './alarm-skeleton'
import { DecisionBar } from './decision-bar'
import type { GuideSection } from './guide-document'
import { openStepsLine, progressOf } from './guide-steps'
import { defangedText, indicatorsOf } from './indicators'
import { alarmActions } from './offered-actions'
import { SuppressedNotice } from './suppressed-notice'
import { type ListPosition, useListPosition } from './use-list-position'
import { useShortcuts } from './use-shortcuts'
import { useTriage } from './use-triage'

const loadDecisionLayer = () => import('./decision-layer')
const DecisionLayer = dynamic(() => loadDecisionLayer().then((module) => module.DecisionLayer), { ssr: false })

interface AlarmViewProps {
  readonly alarmId: string
  readonly detectors: readonly DetectorName[]
  readonly guide: readonly GuideSection[]
}

/** One alarm: the decision above, the evidence below, each panel on its own. */
export function AlarmView({ alarmId, detectors, guide }: AlarmViewProps) {
  const query = useQuery(alarmOptions(alarmId))
  useRefetchOnChange(alarmId)
  const titles = useMemo(() => new Map(detectors.map(({ id, title }) => [id, title])), [detectors])
  const detectorTitle = (id: string) => titles.get(id) ?? id
  if (query.data) return <LoadedAlarm alarm={query.data.alarm} history={query.data.history} guide={guide} detectorTitle={detectorTitle} />
  return (
    <PageFrame wide>{query.isError ? <Failed error={query.error} onRetry={() => void query.refetch()} /> : <AlarmSkeleton />}</PageFrame>
  )
}

/** The alarm is asked for again when anything moved since the page was made; what is on screen stays until the answer is here. */
function useRefetchOnChange(alarmId: string): void {
  const client = useQueryClient()
  const { data } = useQuery(alarmChangesOptions())
  const seen = useRef(
    Math.max(
      client.getQueryData(alarmChangesOptions().queryKey)?.changeNumber ?? 0,
      client.getQueryData(statusOptions().queryKey)?.changeNumber ?? 0,
    ),
  )
  useEffect(() => {
    if (data === undefined || data.changeNumber === seen.current) return
    seen.current = data.changeNumber
    void client.invalidateQueries({ queryKey: alarmKeys.detail(alarmId), exact: true })
    void client.invalidateQueries({ queryKey: alarmKeys.guideSteps(alarmId) })
  }, [client, alarmId, data])
}

/** What the guide still asks, as a line for the sheet that closes the alarm; null while that is unknown. */
function useOpenSteps(alarm: Alarm, guide: readonly GuideSection[]): string | null {
  const { data } = useQuery(guideStepsOptions(alarm.id))
  return useMemo(() => (data === undefined ? null : openStepsLine(progressOf(guide, data.steps, alarm))), [data, guide, alarm])
}

interface LoadedAlarmProps {
  readonly alarm: Alarm
  readonly history: readonly AlarmEvent[]
  readonly guide: readonly GuideSection[]
  readonly detectorTitle: (id: string) => string
}

function LoadedAlarm({ alarm, history, guide, detectorTitle }: LoadedAlarmProps) {
  const { role } = useCurrentUser()
  const router = useRouter()
  const refusal = useRefusal('alarm:decide')
  const position = useListPosition(alarm.id)
  const triage = useTriage({ role, current: alarm })
  const openSteps = useOpenSteps(alarm, guide)
  const back = `/alarms${position?.search ?? ''}` as Route
  const go = (alarmId: string | null | undefined) => alarmId && router.push(`/alarms/${alarmId}`)
  const act = (key: string): boolean => {
    if (key === '[') go(position?.previousId)
    else if (key === ']') go(position?.nextId)
    else if (key === 'u') router.push(back)
    else if (key === 'c') void copyIndicators(alarm)
    else return false
    return true
  }
  usePageActions(() => alarmActions(triage, alarm))
  useWhenIdle(loadDecisionLayer)
  useShortcuts((key, owned) => triage.press(key, owned) || (!owned && triage.sheet.kind === 'none' && act(key)))

  return (
    <PageFrame wide>
      <div className="mx-auto max-w-[1800px]">
        <nav aria-label="Queue" className="mb-3 flex items-center gap-2 text-sm" data-print="hide">
          <Link href={back} className="inline-flex min-h-6 items-center gap-1 text-muted no-underline hover:text-ink">
            <Icon name="chevron-left" size={14} /> Alarms
          </Link>
          <LookingNow subject={`alarm:${alarm.id}`} />
          {position && <Walk position={position} onGo={go} />}
        </nav>
        <AlarmHeader alarm={alarm} guide={guide} detectorTitle={detectorTitle(alarm.detector)} />
        <DecisionBar alarm={alarm} triage={triage} refusal={refusal} />
        <div className="flex flex-col gap-2 py-4 empty:hidden">
          <GapNotice fromMs={alarm.firstSeenAt} toMs={alarm.lastSeenAt} />
          {alarm.evidence.notices.map((notice) => (
            <Notice key={notice} tone="warn">
              {notice}
            </Notice>
          ))}
          <SuppressedNotice alarm={alarm} />
        </div>
        <AlarmEvidence
          alarm={alarm}
          history={history}
          guide={guide}
          detectorTitle={detectorTitle}
          refusal={refusal}
          onUndo={(event) => triage.decide({ kind: 'undo', eventId: event.id, backTo: 'open' }, alarm)}
        />
        {(triage.sheet.kind !== 'none' || triage.conflict !== null) && (
          <DecisionLayer triage={triage} role={role} detectorTitle={detectorTitle} on="alarm" openSteps={openSteps} />
        )}
      </div>
    </PageFrame>
  )
}

async function copyIndicators(alarm: Alarm): Promise<void> {
  try {
    await navigator.clipboard.writeText(defangedText(indicatorsOf(alarm)))
    showToast({ title: 'Indicators copied, defanged', description: alarm.id })
  } catch {
    showToast({ title: 'Copying was refused by the browser', description: 'The panel “Indicators” has them as files.', tone: 'danger' })
  }
}

function Walk({ position, onGo }: { readonly position: ListPosition; readonly onGo: (alarmId: string | null) => void }) {
  const { previousId, nextId, total } = position
  return (
    <span className="ml-auto flex items-center gap-1">
      <span className="tabular text-muted">
        {position.position} of {total}
      </span>
      <IconButton
        icon="chevron-left"
        size="sm"
        label="Previous alarm of the list ["
        disabledReason={previousId === null ? 'This is the first one.' : null}
        onClick={() => onGo(previousId)}
      />
      <IconButton
        icon="chevron-right"
        size="sm"
        label="Next alarm of the list ]"
        disabledReason={nextId === null ? 'No further one is loaded.' : null}
        onClick={() => onGo(nextId)}
      />
    </span>
  )
}

function Failed({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const failure = failureOf(error)
  if (failure.code === 'not-found') {
    return (
      <EmptyState kind="first" icon="search" title="There is no such alarm" actions={<Link href="/alarms">Back to the queue</Link>}>
        It was never raised here, or it was demo data that has been removed.
      </EmptyState>
    )
  }
  if (failure.code === 'forbidden') {
    return (
      <EmptyState kind="forbidden" title="You may not see alarms">
        {failure.detail}
      </EmptyState>
    )
  }
  return <ErrorPanel title="The alarm could not be loaded" detail={failure.detail} requestId={failure.requestId} onRetry={onRetry} />
}
