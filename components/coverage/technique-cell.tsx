import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { cx } from '@/components/ui/cx'
import { formatCount } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { ALARM_STATUSES } from '@/lib/domain/alarm-status'
import { statusOptions } from '@/lib/queries/status'
import { alarmsHref } from '@/lib/url/alarms-href'
import { type Counts, sumCounts, type Technique } from './group-by-tactic'

/** Where the alarms behind a number are. */
export const techniqueHref = (technique: string, detector?: string, openOnly = false) =>
  alarmsHref({
    technique,
    status: openOnly ? ['open'] : [...ALARM_STATUSES],
    ...(detector === undefined ? {} : { detector: [detector] }),
  })

interface TechniqueCellProps {
  readonly technique: Technique
  /** The column it stands in: a technique may stand in several. */
  readonly tactic: string
  /** Drawn under its parent. */
  readonly nested: boolean
  /** The place that links to the technique lead to; one a page. */
  readonly isTarget: boolean
}

/** One technique that at least one detector claims. A cell that has brought alarms is filled, one that has not is an outline. */
export function TechniqueCell({ technique, tactic, nested, isTarget }: TechniqueCellProps) {
  const all = sumCounts(technique.detectors)
  const headingId = `${tactic}-${technique.id}`
  return (
    <article
      id={isTarget ? technique.id : undefined}
      aria-labelledby={headingId}
      className={cx(
        'scroll-mt-20 rounded-md border border-line target:outline-2 target:outline-accent',
        nested && 'ml-4',
        all.alarms > 0 && 'border-line-strong/50 bg-surface',
      )}
    >
      <header className="flex items-start justify-between gap-2 py-2 pr-1.5 pl-3">
        <h3 id={headingId} className="m-0 min-w-0">
          <code className="block font-normal text-faint text-xs">{technique.id}</code>
          <TechniqueName name={technique.name} />
        </h3>
        <a
          href={technique.url}
          target="_blank"
          rel="noopener noreferrer"
          className="tap inline-flex size-6 shrink-0 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink"
          aria-label={`${technique.id} at attack.mitre.org, opens a new tab`}
        >
          <Icon name="external" size={14} />
        </a>
      </header>
      {all.alarms === 0 ? null : (
        <dl className="m-0 flex gap-6 px-3 pb-2.5">
          <Figure label="open" value={all.open} href={techniqueHref(technique.id, undefined, true)} />
          <Figure label="true positive" value={all.truePositive} href={null} />
          <Figure label="in all" value={all.alarms} href={techniqueHref(technique.id)} />
        </dl>
      )}
      <ul aria-label={`Detectors that claim ${technique.id}`} className="m-0 list-none border-line border-t px-3 py-1.5 text-sm">
        {technique.detectors.map((detector) => (
          <li key={detector.id} className="flex items-baseline justify-between gap-4 py-0.5">
            <span className="min-w-0 text-muted">
              {detector.title} <OffMark detectorId={detector.id} />
            </span>
            <DetectorCounts counts={detector} href={techniqueHref(technique.id, detector.id)} />
          </li>
        ))}
      </ul>
    </article>
  )
}

/** "Application Layer Protocol: DNS": the parent's name quietly in front. */
function TechniqueName({ name }: { readonly name: string }) {
  const cut = name.indexOf(': ')
  if (cut < 0) return <span className="font-semibold text-base">{name}</span>
  return (
    <span className="text-base">
      <span className="font-normal text-muted">{name.slice(0, cut + 2)}</span>
      <span className="font-semibold">{name.slice(cut + 2)}</span>
    </span>
  )
}

/** A technique is not covered by a detector that does not run. */
export function OffMark({ detectorId }: { readonly detectorId: string }) {
  const { data } = useQuery(statusOptions())
  return data?.detectorsOff.some(({ id }) => id === detectorId) ? <Badge tone="danger">off</Badge> : null
}

function DetectorCounts({ counts, href }: { readonly counts: Counts; readonly href: ReturnType<typeof techniqueHref> }) {
  if (counts.alarms === 0) return <span className="shrink-0 text-faint">no alarm yet</span>
  return (
    <Link href={href} className="tabular shrink-0 text-ink decoration-line-strong underline-offset-2 hover:text-accent">
      {formatCount(counts.open)} open of {formatCount(counts.alarms)}
    </Link>
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
    <div className="flex items-baseline gap-1.5">
      <dt className="order-2 text-faint text-xs">{label}</dt>
      <dd className={cx('tabular m-0 font-semibold text-lg', value === 0 && 'text-faint')}>
        {href === null || value === 0 ? (
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
