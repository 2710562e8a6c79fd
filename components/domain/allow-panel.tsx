import Link from 'next/link'
import { familyLabel } from '@/components/alarm/outcomes'
import { Panel } from '@/components/alarm/panel'
import { buttonClass } from '@/components/ui/button-class'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { TimeText } from '@/components/ui/time-text'
import type { DomainResponse } from '@/lib/api/contracts/domains'

interface AllowPanelProps {
  readonly domain: DomainResponse
  readonly detectorTitle: (id: string) => string
}

/** What hides alarms about the domain, and what the catalogue of benign services says of it. */
export function AllowPanel({ domain: { zone, allowlist, catalogue, alarms }, detectorTitle }: AllowPanelProps) {
  const open = alarms.find(({ status }) => status === 'open')
  return (
    <Panel
      id="allowlist"
      title="Allowlist and catalogue"
      actions={
        <>
          {open === undefined ? null : (
            <Link href={`/alarms/${open.id}`} prefetch={false} className={buttonClass('secondary', 'sm')}>
              Allow by closing its open alarm
            </Link>
          )}
          <Link href={`/allowlist?check=${encodeURIComponent(zone)}`} prefetch={false} className={buttonClass('secondary', 'sm')}>
            Check or allow on the allowlist
          </Link>
        </>
      }
    >
      {allowlist.length === 0 ? (
        <p className="m-0 text-muted">No live entry covers it: alarms about it are shown.</p>
      ) : (
        <ul className="m-0 flex list-none flex-col gap-2 p-0">
          {allowlist.map((entry, index) => (
            <li key={entry.id} className="text-sm">
              <span className="font-medium">{index === 0 ? 'Decides: ' : 'Also covers: '}</span>
              <NameText name={entry.domain} zone={entry.domain} /> for{' '}
              {entry.source === null ? 'every source' : <InertText text={entry.source} limit={80} />},{' '}
              {entry.detector === null ? 'every detector' : detectorTitle(entry.detector)}, until{' '}
              <TimeText at={entry.expiresAt} precision="day" />.
              <span className="block text-muted">
                <InertText text={entry.createdByName} limit={60} />: <InertText text={entry.reason} limit={300} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {catalogue.length === 0 ? (
        <p className="m-0 mt-3 text-muted text-sm">The catalogue of benign services does not name it.</p>
      ) : (
        <ul className="m-0 mt-3 flex list-none flex-col gap-2 p-0 text-sm">
          {catalogue.map((entry) => (
            <li key={entry.suffix}>
              <span className="font-medium">Catalogue: </span>
              <NameText name={entry.suffix} zone={entry.suffix} />, {familyLabel(entry.family)}. {entry.what}
              <span className="block text-muted">
                {entry.source}, checked {entry.checked}.{' '}
                {entry.holder === 'tenants' ? 'Anyone may rent a host there.' : 'Only the operator answers there.'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
