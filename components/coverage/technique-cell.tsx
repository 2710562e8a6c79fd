import Link from 'next/link'
import { formatCount } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { ALARM_STATUSES } from '@/lib/domain/alarm'
import { alarmsHref } from '@/lib/url/alarms-href'
import { isSubTechnique, sumCounts, type Technique } from './group-by-tactic'

/** Where the alarms behind a number are. */
export const techniqueHref = (technique: string, detector?: string, openOnly = false) =>
  alarmsHref({
    technique,
    status: openOnly ? ['open'] : [...ALARM_STATUSES],
    ...(detector === undefined ? {} : { detector: [detector] }),
  })

/** One technique that at least one detector claims, with what it has brought so far. */
export function TechniqueCell({ technique }: { readonly technique: Technique }) {
  const all = sumCounts(technique.detectors)
  return (
    <article aria-labelledby={`technique-${technique.id}`} className="flex flex-col rounded-md border border-line bg-surface">
      <header className="flex items-start justify-between gap-4 px-4 pt-3 pb-2.5">
        <div className="min-w-0">
          <p className="m-0 flex items-center gap-2 text-faint text-xs">
            <code>{technique.id}</code>
            {isSubTechnique(technique.id) ? <span>sub-technique</span> : null}
          </p>
          <h3 id={`technique-${technique.id}`} className="m-0 font-semibold text-lg">
            {technique.name}
          </h3>
        </div>
        <a
          href={technique.url}
          target="_blank"
          rel="noopener noreferrer"
          className="tap inline-flex size-7 items-center justify-center rounded-md text-faint hover:bg-hover hover:text-ink"
          aria-label={`${technique.id} at attack.mitre.org, opens a new tab`}
        >
          <Icon name="external" size={14} />
        </a>
      </header>
      <dl className="m-0 flex gap-8 px-4 pb-3">
        <Figure label="Open" value={all.open} href={all.open > 0 ? techniqueHref(technique.id, undefined, true) : null} />
        <Figure label="True positive" value={all.truePositive} href={null} />
        <Figure label="All alarms" value={all.alarms} href={all.alarms > 0 ? techniqueHref(technique.id) : null} />
      </dl>
      <table className="mt-auto w-full border-line border-t text-sm">
        <caption className="sr-only">Detectors that claim {technique.id}</caption>
        <thead className="text-faint text-xs">
          <tr>
            <th scope="col" className="h-7 px-4 text-left font-medium">
              Detector
            </th>
            <th scope="col" className="px-2 text-right font-medium">
              Open
            </th>
            <th scope="col" className="px-2 text-right font-medium">
              True pos.
            </th>
            <th scope="col" className="pr-4 pl-2 text-right font-medium">
              All
            </th>
          </tr>
        </thead>
        <tbody>
          {technique.detectors.map((detector) => (
            <tr key={detector.id} className="[&>td]:border-line [&>td]:border-t [&>th]:border-line [&>th]:border-t">
              <th scope="row" className="h-8 px-4 text-left font-normal">
                <Link href={techniqueHref(technique.id, detector.id)} className="text-ink no-underline hover:text-accent hover:underline">
                  {detector.title}
                </Link>
              </th>
              <td className="tabular px-2 text-right">{formatCount(detector.open)}</td>
              <td className="tabular px-2 text-right">{formatCount(detector.truePositive)}</td>
              <td className="tabular pr-4 pl-2 text-right">{formatCount(detector.alarms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: number
  readonly href: ReturnType<typeof techniqueHref> | null
}

function Figure({ label, value, href }: FigureProps) {
  const shown = formatCount(value)
  return (
    <div className="flex flex-col-reverse">
      <dt className="eyebrow">{label}</dt>
      <dd className={`tabular m-0 font-semibold text-xl ${value === 0 ? 'text-faint' : ''}`}>
        {href === null ? (
          shown
        ) : (
          <Link href={href} className="text-ink decoration-line-strong underline-offset-4 hover:text-accent">
            {shown}
          </Link>
        )}
      </dd>
    </div>
  )
}
