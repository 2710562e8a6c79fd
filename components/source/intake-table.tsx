'use client'
import { Fragment, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { IconButton } from '@/components/ui/button'
import { formatCompact, formatCount, formatDuration, plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { Spinner } from '@/components/ui/spinner'
import { TimeText } from '@/components/ui/time-text'
import type { Intake } from '@/lib/domain/intake'
import { FailureText } from './failure-text'
import { IntakeResult, isAllKnown, shownAlarms } from './intake-result'

const VIA: Readonly<Record<string, string>> = {
  upload: 'Browser',
  api: 'API',
  cli: 'Command line',
  demo: 'Demo',
  'read-again': 'Read again',
}
export const viaWord = (via: string): string => VIA[via] ?? via

const HEAD = 'h-8 whitespace-nowrap border-line border-b px-3 text-left font-medium text-faint text-xs'
const CELL = 'h-(--row) border-line border-b px-3 align-middle'
const NUMBER = 'tabular text-right'

/** Everything that came in, newest first; each line opens into its account. */
export function IntakeTable({ intakes }: { readonly intakes: readonly Intake[] }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setOpen((before) => {
      const after = new Set(before)
      if (!after.delete(id)) after.add(id)
      return after
    })
  return (
    <>
      <div className="hidden overflow-x-auto rounded-md border border-line bg-surface md:block">
        <table className="w-full text-base">
          <caption className="sr-only">What came in, newest first</caption>
          <thead>
            <tr>
              <th scope="col" className={`${HEAD} w-9 pr-0`}>
                <span className="sr-only">Details</span>
              </th>
              <th scope="col" className={HEAD}>
                When
              </th>
              <th scope="col" className={HEAD}>
                Name
              </th>
              <th scope="col" className={HEAD}>
                How
              </th>
              <th scope="col" className={HEAD}>
                Format
              </th>
              <th scope="col" className={`${HEAD} ${NUMBER}`}>
                Events
              </th>
              <th scope="col" className={`${HEAD} ${NUMBER}`}>
                Known
              </th>
              <th scope="col" className={`${HEAD} ${NUMBER}`}>
                Rejected
              </th>
              <th scope="col" className={HEAD}>
                Span
              </th>
              <th scope="col" className={`${HEAD} ${NUMBER}`}>
                Alarms
              </th>
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>td]:border-b-0">
            {intakes.map((intake) => (
              <Fragment key={intake.id}>
                <IntakeRow intake={intake} open={open.has(intake.id)} onToggle={() => toggle(intake.id)} />
                {open.has(intake.id) ? (
                  <tr>
                    <td colSpan={10} className="border-line border-b bg-sunken/40 px-4 py-3 pl-12">
                      <Account intake={intake} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <ul className="m-0 flex list-none flex-col gap-2 p-0 md:hidden">
        {intakes.map((intake) => (
          <li key={intake.id}>
            <details className="group rounded-md border border-line bg-surface">
              <summary className="flex min-h-11 flex-col gap-0.5 px-3 py-2">
                <span className="flex items-center gap-2">
                  <InertText text={intake.name} className="min-w-0 flex-1 truncate font-medium" />
                  <State intake={intake} />
                  <Icon name="chevron-down" size={14} className="shrink-0 text-faint group-open:rotate-180" />
                </span>
                <span className="tabular text-muted text-sm">
                  <TimeText at={intake.startedAt} relative />, {viaWord(intake.via)}, {briefAccount(intake)}
                </span>
              </summary>
              <div className="border-line border-t px-3 py-3">
                <Account intake={intake} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </>
  )
}

interface IntakeRowProps {
  readonly intake: Intake
  readonly open: boolean
  readonly onToggle: () => void
}

function IntakeRow({ intake, open, onToggle }: IntakeRowProps) {
  const events = intake.dnsEvents + intake.processEvents
  const span = intake.firstEventAt === null || intake.lastEventAt === null ? null : intake.lastEventAt - intake.firstEventAt
  return (
    <tr className="hover:bg-hover">
      <td className={`${CELL} pr-0`}>
        <IconButton
          size="sm"
          icon={open ? 'chevron-down' : 'chevron-right'}
          label={`Details of ${intake.name}`}
          aria-expanded={open}
          onClick={onToggle}
        />
      </td>
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        <TimeText at={intake.startedAt} relative />
      </td>
      <td className={`${CELL} max-w-64`}>
        <span className="flex min-w-0 items-center gap-2">
          <InertText text={intake.name} className="min-w-0 truncate font-medium" />
          <State intake={intake} />
        </span>
      </td>
      <td className={`${CELL} whitespace-nowrap text-muted`}>{viaWord(intake.via)}</td>
      <td className={`${CELL} whitespace-nowrap text-muted`}>{intake.format ?? '–'}</td>
      <td
        className={`${CELL} ${NUMBER}`}
        title={`${formatCount(intake.dnsEvents)} lookups, ${formatCount(intake.processEvents)} process starts`}
      >
        {formatCompact(events)}
      </td>
      <td className={`${CELL} ${NUMBER} text-muted`}>{formatCompact(intake.duplicates)}</td>
      <td className={`${CELL} ${NUMBER} ${intake.rejected > 0 ? 'font-semibold' : 'text-muted'}`}>{formatCompact(intake.rejected)}</td>
      <td className={`${CELL} whitespace-nowrap text-muted`}>
        {span === null || intake.firstEventAt === null ? (
          '–'
        ) : (
          <>
            <TimeText at={intake.firstEventAt} precision="day" />
            {`, ${formatDuration(span)}`}
          </>
        )}
      </td>
      <td className={`${CELL} ${NUMBER} ${shownAlarms(intake) > 0 ? 'font-semibold' : 'text-muted'}`}>
        {formatCount(shownAlarms(intake))}
        {intake.hiddenAlarms ? (
          <span className="block font-normal text-faint text-xs">{formatCount(intake.hiddenAlarms)} suppressed</span>
        ) : null}
      </td>
    </tr>
  )
}

/** One line of an account. */
const briefAccount = (intake: Intake): string =>
  intake.state === 'failed' && intake.records === 0
    ? 'not imported'
    : `${plural(intake.dnsEvents + intake.processEvents, 'event')}, ${plural(shownAlarms(intake), 'alarm')}${intake.hiddenAlarms ? ` and ${formatCount(intake.hiddenAlarms)} suppressed` : ''}`

function State({ intake }: { readonly intake: Intake }) {
  if (intake.state === 'failed') return <Badge tone="danger">Failed</Badge>
  if (intake.state === 'receiving' || intake.state === 'analysing')
    return (
      <Badge tone="accent">
        <Spinner size={12} /> {intake.state === 'receiving' ? 'Receiving' : 'Analysing'}
      </Badge>
    )
  if (isAllKnown(intake)) return <Badge>Known already</Badge>
  if (intake.problems.length > 0) return <Badge tone="warn">With problems</Badge>
  return intake.demo ? <Badge>Demo</Badge> : null
}

const Account = ({ intake }: { readonly intake: Intake }) =>
  intake.state === 'failed' && intake.records === 0 ? (
    <FailureText detail={intake.error ?? 'No reason was recorded.'} />
  ) : (
    <div className="flex flex-col gap-3">
      {intake.error === null ? null : <FailureText detail={intake.error} />}
      <IntakeResult intake={intake} />
    </div>
  )
