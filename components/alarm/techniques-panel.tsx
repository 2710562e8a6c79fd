import Link from 'next/link'
import { InertText } from '@/components/ui/inert-text'
import type { Alarm } from '@/lib/domain/alarm'
import { Panel } from './panel'

/** Techniques the alarm claims, each with the fact that was observed. */
export function TechniquesPanel({ alarm }: { readonly alarm: Alarm }) {
  return (
    <Panel title="ATT&CK" description="Claimed because of what was observed.">
      {alarm.techniques.length === 0 ? (
        <p className="m-0 text-muted">No technique is claimed.</p>
      ) : (
        <dl className="m-0 flex flex-col gap-2">
          {alarm.techniques.map(({ id, because }) => (
            <div key={id} className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-2">
              <dt>
                <Link href={`/coverage#${id}`} prefetch={false} className="font-medium text-accent">
                  {id}
                </Link>
              </dt>
              <dd className="wrap-anywhere m-0 text-sm">
                <InertText text={because} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </Panel>
  )
}
