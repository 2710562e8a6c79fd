'use client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useQueryStates } from 'nuqs'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { useClock } from '@/components/ui/clock'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Icon } from '@/components/ui/icon'
import { PageHeader } from '@/components/ui/page-header'
import { Select } from '@/components/ui/select'
import { SkeletonRows } from '@/components/ui/skeleton'
import { auditExportHref, auditOptions, auditValuesOptions } from '@/lib/queries/audit'
import { failureOf } from '@/lib/queries/failure'
import { auditSearchParams, toAuditFilter } from '@/lib/url/audit-search-params'
import { SPANS, type Span, spanFrom, spanOf } from './audit-span'
import { AuditTable } from './audit-table'

/** Everything people changed, and who: filters, lines, export. */
export function AuditBoard() {
  const [params, setParams] = useQueryStates(auditSearchParams, { history: 'replace' })
  const { now } = useClock()
  const filter = toAuditFilter(params)
  const isNarrowed = Object.keys(filter).length > 0
  const lines = useInfiniteQuery(auditOptions(filter))
  const { data: values } = useQuery(auditValuesOptions())
  const rows = lines.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <>
      <PageHeader
        title="Audit"
        description="Every change of settings, users, sources and the allowlist, here and on the command line. Lines are added, never changed. Decisions about an alarm stand in its history."
        actions={
          <a href={auditExportHref(filter)} download className={buttonClass()}>
            <Icon name="download" />
            Export as CSV
          </a>
        }
      />
      <search className="mb-4 grid grid-cols-2 items-end gap-3 sm:flex sm:flex-wrap">
        <Choice label="Person" value={params.byName} values={values?.people ?? []} onValue={(byName) => void setParams({ byName })} />
        <Choice label="Action" value={params.action} values={values?.actions ?? []} onValue={(action) => void setParams({ action })} />
        <Choice label="About" value={params.entity} values={values?.entities ?? []} onValue={(entity) => void setParams({ entity })} />
        <Select<Span>
          label="Time"
          className="sm:w-36"
          value={spanOf(params.from, now)}
          onValueChange={(span) => void setParams({ from: spanFrom(span, Date.now()), to: null })}
          options={SPANS}
        />
        {isNarrowed ? (
          <Button variant="ghost" icon="close" onClick={() => void setParams(null)}>
            Clear
          </Button>
        ) : null}
      </search>
      {lines.isPending ? (
        <SkeletonRows rows={8} label="Loading the audit log" />
      ) : lines.error !== null && rows.length === 0 ? (
        <ErrorPanel
          title="The audit log could not be loaded"
          detail={failureOf(lines.error).detail}
          requestId={failureOf(lines.error).requestId}
          onRetry={() => void lines.refetch()}
          retrying={lines.isRefetching}
        />
      ) : rows.length === 0 ? (
        <EmptyState kind={isNarrowed ? 'filtered' : 'first'} icon="note" title={isNarrowed ? 'No line matches' : 'Nothing was changed yet'}>
          {isNarrowed ? 'Other people, actions or times may.' : 'Changes of users, settings, sources and the allowlist stand here.'}
        </EmptyState>
      ) : (
        <>
          <AuditTable rows={rows} />
          <p role="status" className="mt-3 mb-0 flex items-center gap-3 text-faint text-sm">
            {lines.hasNextPage ? (
              <Button pending={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
                Show older lines
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

const ALL = '*'

interface ChoiceProps {
  readonly label: string
  readonly value: string | null
  readonly values: readonly string[]
  readonly onValue: (value: string | null) => void
}

function Choice({ label, value, values, onValue }: ChoiceProps) {
  // What the address asks for is offered even when no line has it.
  const offered = value === null || values.includes(value) ? values : [value, ...values]
  return (
    <Select
      label={label}
      className="sm:w-40"
      value={value ?? ALL}
      onValueChange={(next) => onValue(next === ALL ? null : next)}
      options={[{ value: ALL, label: 'All' }, ...offered.map((one) => ({ value: one, label: one }))]}
    />
  )
}
