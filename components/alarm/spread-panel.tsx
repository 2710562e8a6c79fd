import { SourceName } from '@/components/asset/source-name'
import { formatCount, formatDuration, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { Spread } from '@/lib/domain/evidence'
import { Panel } from './panel'

const SHOWN = 12

/** Who asked first and who followed: one machine, or something that spreads. */
export function SpreadPanel({ spread }: { readonly spread: Spread }) {
  const [first] = spread.hosts
  if (first === undefined) return null
  const hidden = spread.total - Math.min(SHOWN, spread.hosts.length)
  return (
    <Panel id="spread" title="Order of hosts" description={<InertText text={spread.sentence} />}>
      <ol className="m-0 list-none p-0 text-sm">
        {spread.hosts.slice(0, SHOWN).map((host, index) => (
          <li
            key={host.source}
            className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-baseline gap-x-3 border-line border-b py-1.5 last:border-b-0"
          >
            <span className="tabular text-right text-faint">{index + 1}</span>
            <span className="min-w-0">
              <InertText text={host.source} className={`wrap-anywhere ${index === 0 ? 'font-semibold' : ''}`} />{' '}
              <SourceName source={host.source} at={host.firstAt} className="wrap-anywhere" />
              <span className="block text-muted text-xs">
                <TimeText at={host.firstAt} />
                {index === 0 ? ', first to ask' : `, ${formatDuration(host.firstAt - first.firstAt)} later`}
              </span>
            </span>
            <span className="tabular text-muted">{plural(host.queries, 'lookup')}</span>
          </li>
        ))}
      </ol>
      {hidden > 0 && <p className="m-0 mt-2 text-muted text-sm">{formatCount(hidden)} more hosts asked later.</p>}
      <p className="m-0 mt-2 text-faint text-xs">As seen in the hour up to each look at the alarm; who asked in 30 days is below.</p>
    </Panel>
  )
}
