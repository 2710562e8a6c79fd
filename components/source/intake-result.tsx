import Link from 'next/link'
import { formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { Stat, StatList } from '@/components/ui/stat'
import { TimeText } from '@/components/ui/time-text'
import type { Intake } from '@/lib/domain/intake'
import { alarmsHref } from '@/lib/url/alarms-href'
import { ReadAgain } from './read-again'
import { inWords, Rejects } from './rejects'

/** The account of one import: what was taken, what was left out and why. */
export function IntakeResult({ intake }: { readonly intake: Intake }) {
  const skipped = Object.entries(intake.skipped).filter(([, count]) => count > 0)
  return (
    <div className="flex flex-col gap-3">
      <StatList>
        <Stat label="DNS lookups" value={formatCount(intake.dnsEvents)} />
        <Stat label="Process starts" value={formatCount(intake.processEvents)} />
        <Stat label="Already known" value={formatCount(intake.duplicates)} />
        <Stat label="Rejected" value={formatCount(intake.rejected)} />
        <Stat
          label="Alarms"
          value={shownAlarms(intake) === 0 ? '0' : <AlarmsLink intake={intake} />}
          {...(intake.hiddenAlarms ? { hint: `${formatCount(intake.hiddenAlarms)} more suppressed` } : {})}
        />
      </StatList>
      <Span intake={intake} />
      {[...new Set(intake.problems)].map((problem) => (
        <Notice key={problem} tone={isAllKnown(intake) ? 'neutral' : 'warn'}>
          <InertText text={problem} />
        </Notice>
      ))}
      {skipped.length === 0 ? null : (
        <section>
          <h3 className="m-0 font-medium text-sm">Not needed</h3>
          <ul className="m-0 flex list-none flex-wrap gap-x-4 p-0 text-muted text-sm">
            {skipped.map(([reason, count]) => (
              <li key={reason} className="tabular">
                {formatCount(count)} <InertText text={inWords(reason)} limit={80} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <RejectedRecords intake={intake} />
    </div>
  )
}

/** Alarms that an import raised, without those that are suppressed. */
export const shownAlarms = ({ alarms, hiddenAlarms = 0 }: Intake): number => alarms - hiddenAlarms

/** The same log once more: nothing new in it, and nothing wrong with it. */
export const isAllKnown = ({ duplicates, dnsEvents, processEvents }: Intake): boolean =>
  duplicates > 0 && (dnsEvents + processEvents === 0 || duplicates >= dnsEvents + processEvents)

function Span({ intake }: { readonly intake: Intake }) {
  if (intake.firstEventAt === null || intake.lastEventAt === null)
    return <p className="m-0 text-muted text-sm">It held no event that Dowser looks at.</p>
  return (
    <p className="m-0 text-muted text-sm">
      Events from <TimeText at={intake.firstEventAt} /> to <TimeText at={intake.lastEventAt} />.
    </p>
  )
}

function AlarmsLink({ intake }: { readonly intake: Intake }) {
  if (intake.firstEventAt === null || intake.lastEventAt === null) return formatCount(shownAlarms(intake))
  const href = alarmsHref({ from: intake.firstEventAt, to: intake.lastEventAt + 1 })
  return (
    <Link href={href} className="text-accent" aria-label={`${plural(shownAlarms(intake), 'alarm')}: show what is open in this span`}>
      {formatCount(shownAlarms(intake))}
    </Link>
  )
}

function RejectedRecords({ intake }: { readonly intake: Intake }) {
  if (intake.rejects.length === 0) return null
  return (
    <section className="flex flex-col gap-2">
      <h3 className="m-0 font-medium text-sm">Rejected records</h3>
      <Rejects rejects={intake.rejects} />
      <ReadAgain owner="import" id={intake.id} rejected={intake.rejected} />
    </section>
  )
}
