'use client'
import { useQuery } from '@tanstack/react-query'
import { useRefusal } from '@/components/shell/current-user'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCompact } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Stat, StatList } from '@/components/ui/stat'
import { TimeText } from '@/components/ui/time-text'
import type { ListSourcesResponse } from '@/lib/api/contracts/sources'
import { failureOf } from '@/lib/queries/failure'
import { sourceListOptions } from '@/lib/queries/sources'
import { DropZone } from './drop-zone'
import { IntakeTable } from './intake-table'
import { FormatList, ScriptHelp } from './script-help'
import { UnfinishedUploads } from './unfinished-uploads'
import { UploadCard } from './upload-card'
import { useUploads } from './use-uploads'
import { WaysIn } from './ways-in'

/** The sources page below its title: bring logs in, see what came of each. */
export function SourceBoard() {
  const { data, error, isPending, refetch, isRefetching } = useQuery(sourceListOptions())
  const refusal = useRefusal('source:import')
  const { uploads, add, cancel, pause, resume, retry, dismiss } = useUploads()
  return (
    <div className="flex flex-col gap-8">
      <WaysIn formats={data?.formats ?? []} />
      <section aria-labelledby="import" className="flex flex-col gap-3">
        <h2 id="import" className="m-0 font-semibold text-lg">
          Import once
        </h2>
        <DropZone onFiles={add} refusal={refusal} />
        <UnfinishedUploads onPage={uploads} />
        {uploads.map((upload) => (
          <UploadCard
            key={upload.id}
            upload={upload}
            onCancel={() => cancel(upload.id)}
            onPause={() => pause(upload.id)}
            onResume={() => resume(upload.id)}
            onRetry={() => retry(upload.id)}
            onDismiss={() => dismiss(upload.id)}
          />
        ))}
      </section>
      {error && data === undefined ? (
        <ErrorPanel
          title="What came in could not be loaded"
          detail={failureOf(error).detail}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          retrying={isRefetching}
        />
      ) : isPending ? (
        <SkeletonRows rows={6} label="Loading what came in" />
      ) : data ? (
        <Arrivals data={data} />
      ) : null}
      <ScriptHelp />
      {data ? <FormatList formats={data.formats} /> : null}
    </div>
  )
}

function Arrivals({ data }: { readonly data: ListSourcesResponse }) {
  const { intakes, totals } = data
  if (intakes.length === 0)
    return (
      <EmptyState kind="first" title="No log has come in yet">
        Give Dowser a DNS log, a packet capture or endpoint process events. It needs the client’s address, the name that was asked for and
        when; everything else makes the alarms sharper. Nothing leaves this machine.
      </EmptyState>
    )
  return (
    <section aria-labelledby="arrivals" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <h2 id="arrivals" className="m-0 font-semibold text-lg">
          What came in
        </h2>
        <StatList>
          <Stat label="DNS lookups" value={formatCompact(totals.dnsEvents)} />
          <Stat label="Process starts" value={formatCompact(totals.processEvents)} />
          {totals.firstEventAt === null ? null : <Stat label="First event" value={<TimeText at={totals.firstEventAt} precision="day" />} />}
          {totals.lastEventAt === null ? null : <Stat label="Last event" value={<TimeText at={totals.lastEventAt} precision="day" />} />}
        </StatList>
      </div>
      <IntakeTable intakes={intakes} />
    </section>
  )
}
