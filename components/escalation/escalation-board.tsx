'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { useShortcuts } from '@/components/alarm/use-shortcuts'
import { useCurrentUser, useRefusal } from '@/components/shell/current-user'
import { usePresence } from '@/components/shell/presence'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount, plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TextField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import { ESCALATION_STATUSES, type EscalationStatus } from '@/lib/domain/escalation'
import { ESCALATION_STATUS_WORDS } from '@/lib/domain/escalation-timeline'
import { SEVERITIES, type Severity } from '@/lib/domain/severity'
import { escalationListOptions, useCreateEscalation } from '@/lib/queries/escalations'
import { failureOf } from '@/lib/queries/failure'
import { type EscalationsSearchParams, escalationsSearchParams, toEscalationFilter } from '@/lib/url/escalations-search-params'
import { EscalationTable, escalationHref, escalationRowId } from './escalation-table'
import { useCursor } from './use-cursor'

/** Every bundle that is worked on, and the escalated alarms that stand in none. */
export function EscalationBoard() {
  usePresence(null)
  const [params, setParams] = useQueryStates(escalationsSearchParams, { history: 'replace' })
  const filter = toEscalationFilter(params)
  const isNarrowed = Object.keys(filter).length > 0
  const list = useInfiniteQuery(escalationListOptions(filter))
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const loose = list.data?.pages[0]?.loose
  const router = useRouter()
  const search = useRef<HTMLInputElement>(null)
  const cursor = useCursor(
    rows.map(({ id }) => id),
    escalationRowId,
  )
  useShortcuts((key, owned) => {
    if (key === 'j' || key === 'ArrowDown') cursor.moveBy(1)
    else if (key === 'k' || key === 'ArrowUp') cursor.moveBy(-1)
    else if (key === 'Enter' && !owned && cursor.active !== null) router.push(escalationHref(cursor.active))
    else if (key === '/') search.current?.focus()
    else return false
    return true
  })
  return (
    <>
      <PageHeader title="Escalations" description="Alarms that are answered together: who has them, what is done, what is left." />
      {loose !== undefined && loose.total > 0 ? <LooseNotice alarmIds={loose.alarmIds} total={loose.total} /> : null}
      <Filters params={params} isNarrowed={isNarrowed} searchRef={search} onChange={(changes) => void setParams(changes)} />
      {list.isPending ? (
        <SkeletonRows rows={6} label="Loading the escalations" />
      ) : list.error !== null && rows.length === 0 ? (
        <ErrorPanel
          title="The escalations could not be loaded"
          detail={failureOf(list.error).detail}
          requestId={failureOf(list.error).requestId}
          onRetry={() => void list.refetch()}
          retrying={list.isRefetching}
        />
      ) : rows.length === 0 ? (
        <EmptyState
          kind={isNarrowed ? 'filtered' : 'first'}
          icon="escalate"
          title={isNarrowed ? 'No escalation matches' : 'Nothing is escalated'}
        >
          {isNarrowed ? 'Other states, owners or words may.' : 'In the queue, s and then Enter escalates an alarm.'}
        </EmptyState>
      ) : (
        <>
          <EscalationTable rows={rows} activeId={cursor.active} />
          <p role="status" className="mt-3 mb-0 flex items-center gap-3 text-faint text-sm">
            {list.hasNextPage ? (
              <Button pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                Show older ones
              </Button>
            ) : (
              'That is all.'
            )}
          </p>
        </>
      )}
    </>
  )
}

interface FiltersProps {
  readonly params: EscalationsSearchParams
  readonly isNarrowed: boolean
  readonly searchRef: React.RefObject<HTMLInputElement | null>
  readonly onChange: (changes: Partial<EscalationsSearchParams> | null) => void
}

const ALL = '*'

function Filters({ params, isNarrowed, searchRef, onChange }: FiltersProps) {
  const { userId } = useCurrentUser()
  const severities = SEVERITIES.toReversed().map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))
  return (
    <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
      <TextField
        ref={searchRef}
        label="Search"
        type="search"
        className="col-span-2 sm:w-64"
        placeholder="Id or title"
        value={params.text ?? ''}
        onValueChange={(text) => onChange({ text: text || null })}
      />
      <Select<EscalationStatus | typeof ALL>
        label="Status"
        className="sm:w-40"
        value={params.status[0] ?? ALL}
        onValueChange={(status) => onChange({ status: status === ALL ? [] : [status] })}
        options={[{ value: ALL, label: 'All' }, ...ESCALATION_STATUSES.map((value) => ({ value, label: ESCALATION_STATUS_WORDS[value] }))]}
      />
      <Select<Severity | typeof ALL>
        label="Worst severity"
        className="sm:w-40"
        value={params.severity[0] ?? ALL}
        onValueChange={(severity) => onChange({ severity: severity === ALL ? [] : [severity] })}
        options={[{ value: ALL, label: 'All' }, ...severities]}
      />
      <Select<'all' | 'mine'>
        label="Owner"
        className="sm:w-36"
        value={params.ownerUserId === null ? 'all' : 'mine'}
        onValueChange={(owner) => onChange({ ownerUserId: owner === 'mine' ? userId : null })}
        options={[
          { value: 'all', label: 'All' },
          { value: 'mine', label: 'Mine' },
        ]}
      />
      {isNarrowed ? (
        <Button variant="ghost" icon="close" onClick={() => onChange(null)}>
          Clear
        </Button>
      ) : null}
    </search>
  )
}

/** Alarms that were escalated before there were bundles, or in bulk, must not be forgotten. */
function LooseNotice({ alarmIds, total }: { readonly alarmIds: readonly string[]; readonly total: number }) {
  const create = useCreateEscalation()
  const refusal = useRefusal('escalation:manage')
  const router = useRouter()
  const bundle = () =>
    create.mutate(
      { alarmIds: [...alarmIds] },
      {
        onSuccess: ({ escalation }) => {
          showToast({
            title: `${formatCount(alarmIds.length)} of ${formatCount(alarmIds.length)} alarms attached`,
            description: escalation.id,
          })
          router.push(escalationHref(escalation.id))
        },
        onError: (error) => showToast({ title: 'Nothing was changed', description: failureOf(error).detail, tone: 'danger' }),
      },
    )
  return (
    <Notice tone="warn" className="mb-4">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <span>
          {plural(total, 'escalated alarm')} {total === 1 ? 'stands' : 'stand'} in no escalation.
        </span>
        <Button size="sm" pending={create.isPending} disabledReason={refusal} onClick={bundle}>
          Bundle {alarmIds.length < total ? `the worst ${formatCount(alarmIds.length)}` : total === 1 ? 'it' : 'them'}
        </Button>
      </span>
    </Notice>
  )
}
