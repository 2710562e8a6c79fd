'use client'
import { useQuery } from '@tanstack/react-query'
import { Panel } from '@/components/alarm/panel'
import { NameHistory } from '@/components/asset/name-history'
import { SourceName } from '@/components/asset/source-name'
import { EventsLink } from '@/components/event/events-link'
import { KnownAlarms } from '@/components/event/known-alarms'
import { ProcessTable } from '@/components/event/process-table'
import { VolumePanel } from '@/components/event/volume-panel'
import { buttonClass } from '@/components/ui/button-class'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Icon } from '@/components/ui/icon'
import { InertText, inertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import type { HostResponse } from '@/lib/api/contracts/hosts'
import { formatEventSearch } from '@/lib/domain/event-search'
import { hostOptions } from '@/lib/queries/events'
import { failureOf } from '@/lib/queries/failure'
import { RareZones } from './rare-zones'

interface HostViewProps {
  readonly id: string
  readonly detectors: readonly { readonly id: string; readonly title: string }[]
}

/** One client: who it is, what was raised about it, what only it asked for. */
export function HostView({ id, detectors }: HostViewProps) {
  const query = useQuery(hostOptions(id))
  const title = (detector: string) => detectors.find((each) => each.id === detector)?.title ?? detector
  return (
    <PageFrame>
      <PageHeader
        title={<InertText text={id} className="wrap-anywhere" />}
        beside={
          <>
            <CopyButton text={inertText(id)} label="Copy the host" />
            <SourceName source={id} at={query.data?.lastSeenAt ?? null} className="wrap-anywhere text-base" />
          </>
        }
        description="A client, by its address, host name or host id."
        actions={
          <>
            <EventsLink where={{ [query.data?.searchBy ?? 'host']: id }} className={buttonClass()}>
              <Icon name="search" /> Search its lookups
            </EventsLink>
            <EventsLink where={{ host: id }} kind="processes" className={buttonClass()}>
              Its process starts
            </EventsLink>
          </>
        }
      />
      {query.isPending ? (
        <SkeletonRows rows={8} label="Loading the host" />
      ) : query.isError ? (
        <ErrorPanel
          title="The host could not be loaded"
          detail={failureOf(query.error).detail}
          requestId={failureOf(query.error).requestId}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Known host={query.data} detectorTitle={title} />
      )}
    </PageFrame>
  )
}

function Known({ host, detectorTitle }: { readonly host: HostResponse; readonly detectorTitle: (id: string) => string }) {
  const { id, searchBy, resolver, alarms, rare, dnsTools } = host
  const recent = alarms.filter((each) => each.recent).map(({ alarm }) => alarm)
  const older = alarms.filter((each) => !each.recent).map(({ alarm }) => alarm)
  return (
    <>
      {resolver === null ? null : (
        <Notice tone="warn" className="mb-4">
          This may be a resolver that hides the real client: <InertText text={resolver} /> Ask for the log of its clients.
        </Notice>
      )}
      <Identity host={host} />
      <NameHistory of={id} />
      <Panel id="alarms" title="Alarms, newest 48 hours" description="From the newest alarm back.">
        <KnownAlarms alarms={recent} detectorTitle={detectorTitle} empty="None was ever raised about it." />
      </Panel>
      {older.length === 0 ? null : (
        <Panel id="older-alarms" title="Older alarms">
          <KnownAlarms alarms={older} detectorTitle={detectorTitle} empty="None." />
        </Panel>
      )}
      <RareZones id={id} searchBy={searchBy} rare={rare} />
      <Panel
        id="tools"
        title="Programs that ask for names"
        description={`Newest starts of nslookup, dig and their kind on this host.${dnsTools.complete ? '' : ' Not all of the stored time was looked through.'}`}
      >
        {dnsTools.starts.length === 0 ? (
          <p className="m-0 text-muted">
            {dnsTools.complete
              ? 'None in the stored process starts.'
              : 'None found in the time there was; search its process starts to go on.'}
          </p>
        ) : (
          <ProcessTable rows={dnsTools.starts} />
        )}
      </Panel>
      <VolumePanel filter={{ kind: 'lookups', q: formatEventSearch([{ field: searchBy, value: id, not: false }]) }} />
    </>
  )
}

function Identity({ host: { names, addresses, users, lastSeenAt } }: { readonly host: HostResponse }) {
  return (
    <Panel title="Known as" description="Gathered from its newest lookups and process starts.">
      <dl className="m-0 grid gap-x-8 gap-y-3 text-sm sm:grid-cols-2 lg:grid-cols-4">
        <Fact label="Last seen">{lastSeenAt === null ? 'no stored event' : <TimeText at={lastSeenAt} />}</Fact>
        <Fact label="Host names">{words(names)}</Fact>
        <Fact label="Addresses">{words(addresses)}</Fact>
        <Fact label="Users seen">{words(users)}</Fact>
      </dl>
    </Panel>
  )
}

const words = (values: readonly string[]) => (values.length === 0 ? 'none told' : <InertText text={values.join(', ')} limit={300} />)

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="wrap-anywhere m-0">{children}</dd>
    </div>
  )
}
