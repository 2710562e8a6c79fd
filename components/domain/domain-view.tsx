'use client'
import { useQuery } from '@tanstack/react-query'
import { DecodingPanel } from '@/components/alarm/decoding-panel'
import { Panel } from '@/components/alarm/panel'
import { EventsLink } from '@/components/event/events-link'
import { KnownAlarms } from '@/components/event/known-alarms'
import { VolumePanel } from '@/components/event/volume-panel'
import { buttonClass } from '@/components/ui/button-class'
import { CopyButton } from '@/components/ui/copy-button'
import { safeName } from '@/components/ui/dns-name'
import { ErrorPanel } from '@/components/ui/error-panel'
import { formatCount } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { NameText } from '@/components/ui/name-text'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { SkeletonRows } from '@/components/ui/skeleton'
import { Stat, StatList } from '@/components/ui/stat'
import { TimeText } from '@/components/ui/time-text'
import type { DomainResponse } from '@/lib/api/contracts/domains'
import { domainOptions } from '@/lib/queries/events'
import { failureOf } from '@/lib/queries/failure'
import { AllowPanel } from './allow-panel'
import { DomainHosts } from './domain-hosts'

interface DomainViewProps {
  readonly zone: string
  readonly detectors: readonly { readonly id: string; readonly title: string }[]
}

/** One registered domain: what is known of it before anybody allows or blocks it. */
export function DomainView({ zone, detectors }: DomainViewProps) {
  const query = useQuery(domainOptions(zone))
  const title = (id: string) => detectors.find((each) => each.id === id)?.title ?? id
  return (
    <PageFrame>
      <PageHeader
        title={
          <span className="flex min-w-0 items-center gap-1">
            <NameText name={zone} zone={zone} className="wrap-anywhere" full />
            <CopyButton text={safeName(zone)} label="Copy the domain" />
          </span>
        }
        description="A registered domain, and everything stored about the names below it."
        actions={
          <EventsLink where={{ zone }} className={buttonClass()}>
            <Icon name="search" /> Search its lookups
          </EventsLink>
        }
      />
      {query.isPending ? (
        <SkeletonRows rows={8} label="Loading the domain" />
      ) : query.isError ? (
        <ErrorPanel
          title="The domain could not be loaded"
          detail={failureOf(query.error).detail}
          requestId={failureOf(query.error).requestId}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Known domain={query.data} detectorTitle={title} />
      )}
    </PageFrame>
  )
}

function Known({ domain, detectorTitle }: { readonly domain: DomainResponse; readonly detectorTitle: (id: string) => string }) {
  const { zone, seen, hosts, alarms, decodings } = domain
  const [decoded] = decodings
  return (
    <>
      <Panel title="Seen here">
        {seen === null ? (
          <p className="m-0 text-muted">No stored lookup names this domain. It was never asked for, or retention took what there was.</p>
        ) : (
          <StatList>
            <Stat label="First seen here" value={<TimeText at={seen.firstAt} precision="minute" />} />
            <Stat label="Last seen" value={<TimeText at={seen.lastAt} precision="minute" />} />
            <Stat label="Lookups" value={<EventsLink where={{ zone }}>{formatCount(seen.queries)}</EventsLink>} />
            <Stat label="Sources" value={formatCount(seen.sources)} />
          </StatList>
        )}
      </Panel>
      <AllowPanel domain={domain} detectorTitle={detectorTitle} />
      <Panel id="alarms" title="Alarms" description={alarms.length >= 100 ? 'The newest 100.' : undefined}>
        <KnownAlarms alarms={alarms} detectorTitle={detectorTitle} empty="None was ever raised about it." />
      </Panel>
      {decoded === undefined ? null : <DecodingPanel decoding={decoded.decoding} />}
      {seen === null ? null : (
        <>
          <VolumePanel filter={{ kind: 'lookups', q: `zone:${zone}`, from: seen.firstAt, to: seen.lastAt + 1 }} />
          <DomainHosts zone={zone} hosts={hosts} total={seen.sources} />
        </>
      )}
    </>
  )
}
