'use client'
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Panel } from '@/components/alarm/panel'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import { nameHistoryOptions } from '@/lib/queries/source-names'
import { hostHref } from '@/lib/url/events-search-params'
import { ORIGIN_WORDS } from './origin-words'

/** Which names an address has had, or which addresses a host name; nothing when logs told none. */
export function NameHistory({ of }: { readonly of: string }) {
  const { data } = useQuery(nameHistoryOptions(of))
  if (data === undefined || data.spans.length === 0) return null
  const isAddress = data.spans.some(({ address }) => address === of)
  return (
    <Panel
      id="names"
      title={isAddress ? 'Names this address has had' : 'Addresses of this name'}
      description="As DHCP servers, agents and the DNS told; an address moves, so each line holds for its time alone."
    >
      <ul className="m-0 list-none p-0 text-sm">
        {data.spans.map(({ address, name, origin, firstSeenAt, lastSeenAt, demo }) => (
          <li
            key={`${address} ${origin} ${name} ${firstSeenAt} ${demo}`}
            className="grid gap-x-4 border-line border-b py-1.5 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_auto]"
          >
            <span className="wrap-anywhere min-w-0">
              {isAddress ? (
                <InertText text={name} limit={120} />
              ) : (
                <>
                  <Link href={hostHref(address)} prefetch={false} className="text-ink hover:underline">
                    <InertText text={address} />
                  </Link>{' '}
                  <InertText text={name} limit={120} className="text-muted" />
                </>
              )}
              <span className="block text-muted text-xs">
                {ORIGIN_WORDS[origin]}
                {demo ? ', demo data' : ''}
              </span>
            </span>
            <span className="text-muted sm:text-right">
              <TimeText at={firstSeenAt} precision="minute" />
              {lastSeenAt - firstSeenAt < 60_000 ? null : (
                <>
                  {' to '}
                  <TimeText at={lastSeenAt} precision="minute" />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
