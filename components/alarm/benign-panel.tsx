import { Badge } from '@/components/ui/badge'
import { InertText } from '@/components/ui/inert-text'
import type { BenignFacts } from '@/lib/domain/evidence'
import { familyLabel } from './outcomes'
import { Panel } from './panel'

const SURE = { strong: 'much speaks for it', fair: 'something speaks for it', weak: 'little speaks for it' } as const
const HOLDER = {
  operator: 'Only its operator answers there, so a tunnel cannot run below it.',
  tenants: 'Anyone may rent a host there, so it lowers less; a tunnel needs a zone of its own, which nobody gets.',
} as const

/** What speaks for a harmless explanation. It preselects a family when the alarm is closed, and decides nothing. */
export function BenignPanel({ benign }: { readonly benign: BenignFacts }) {
  const { family, confidence, entry, evidence, overridden } = benign
  if (family === null && evidence.length === 0 && entry === null && overridden === null) return null
  return (
    <Panel
      id="benign"
      title="Could it be harmless?"
      description={
        family === null
          ? 'Nothing seen speaks for one of the five harmless families.'
          : 'What speaks for it. You decide; closing it preselects the family.'
      }
    >
      {family !== null && (
        <p className="m-0 flex flex-wrap items-center gap-2">
          <strong className="font-semibold">{familyLabel(family)}</strong>
          {confidence !== null && <Badge tone={confidence === 'strong' ? 'accent' : 'neutral'}>{SURE[confidence]}</Badge>}
        </p>
      )}
      {evidence.length > 0 && (
        <ul className="m-0 mt-2 pl-5 text-sm">
          {evidence.map((sentence) => (
            <li key={sentence} className="wrap-anywhere py-0.5">
              <InertText text={sentence} />
            </li>
          ))}
        </ul>
      )}
      {entry !== null && (
        <p className="wrap-anywhere m-0 mt-2 text-muted text-sm">
          Catalogue: <InertText text={entry.suffix} />, {entry.what}. {HOLDER[entry.holder]} Source: {entry.source}; checked {entry.checked}
          .
        </p>
      )}
      {overridden !== null && (
        <p className="m-0 mt-2 text-sm">
          <strong className="font-semibold">The catalogue lowers nothing here.</strong> <InertText text={overridden} />
        </p>
      )}
    </Panel>
  )
}
