import Link from 'next/link'
import { SourceName } from '@/components/asset/source-name'
import { CopyButton } from '@/components/ui/copy-button'
import { safeName } from '@/components/ui/dns-name'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { TimeText } from '@/components/ui/time-text'
import type { LookupHit } from '@/lib/api/contracts/event-search'
import { domainHref, hostHref } from '@/lib/url/events-search-params'
import { CELL, HEAD, ROW, TABLE } from './table-class'

/** Lookups newest first; on a phone each is a block. */
export function LookupTable({ rows }: { readonly rows: readonly LookupHit[] }) {
  return (
    <table className={TABLE}>
      <caption className="sr-only">Lookups, newest first</caption>
      <thead className={HEAD}>
        <tr>
          <th scope="col">Time</th>
          <th scope="col">Source</th>
          <th scope="col">Name</th>
          <th scope="col">Type, answer</th>
          <th scope="col">Answers</th>
          <th scope="col">Seen by</th>
        </tr>
      </thead>
      <tbody className="max-md:block [&>tr:last-child>td]:border-b-0">
        {rows.map((row) => (
          <Lookup key={`${row.at}.${row.id}`} row={row} />
        ))}
      </tbody>
    </table>
  )
}

function Lookup({ row }: { readonly row: LookupHit }) {
  const { at, source, hostName, userName, processName, qname, zone, qtype, rcode, answers, sensor, format } = row
  const more = (row.answerCount ?? answers.length) - answers.length
  return (
    <tr className={ROW}>
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        <TimeText at={at} precision="ms" />
      </td>
      <td className={`${CELL} wrap-anywhere md:min-w-36 md:max-w-48`}>
        {source === null ? (
          <span className="text-muted">unknown</span>
        ) : (
          <Link href={hostHref(source)} prefetch={false} className="text-ink hover:underline">
            <InertText text={source} limit={60} />
          </Link>
        )}
        <SourceName source={source} at={at} beside={[hostName]} className="block text-xs max-md:ml-2 max-md:inline" />
        <Small values={[hostName === source ? null : hostName, userName, processName]} />
      </td>
      <td className={`${CELL} md:w-full md:max-w-0`}>
        <span className="flex min-w-0 items-center gap-1">
          <span className="min-w-0 flex-1">
            {zone === null ? (
              <NameText name={qname} zone={null} />
            ) : (
              <Link href={domainHref(zone)} prefetch={false} className="flex min-w-0 text-ink hover:underline">
                <NameText name={qname} zone={zone} />
              </Link>
            )}
          </span>
          <CopyButton text={safeName(qname)} label="Copy the whole name" />
        </span>
      </td>
      <td className={`${CELL} whitespace-nowrap`}>
        <InertText text={qtype ?? 'no type'} limit={20} />
        <span className="block text-muted text-xs max-md:ml-2 max-md:inline">
          <InertText text={rcode ?? 'no answer'} limit={20} />
        </span>
      </td>
      <td className={`${CELL} wrap-anywhere font-mono text-xs md:min-w-32 md:max-w-56`}>
        {answers.length === 0 ? null : <InertText text={answers.join(', ')} limit={90} />}
        {more > 0 ? <span className="text-muted"> and {more} more</span> : null}
      </td>
      <td className={`${CELL} wrap-anywhere text-muted text-xs md:min-w-24 md:max-w-32`}>
        <InertText text={sensor ?? format} limit={40} />
      </td>
    </tr>
  )
}

function Small({ values }: { readonly values: readonly (string | null)[] }) {
  const given = values.filter((value): value is string => value !== null && value !== '')
  return given.length === 0 ? null : (
    <span className="block text-muted text-xs">
      <InertText text={given.join(' · ')} limit={80} />
    </span>
  )
}
