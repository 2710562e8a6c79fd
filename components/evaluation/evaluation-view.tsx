import { formatCount } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { Stat, StatList } from '@/components/ui/stat'
import type { BenignWeek, Evaluation, GroupResult } from '@/lib/domain/evaluation'
import { type Doubt, DoubtfulThresholds, StillMissed } from './evaluation-words'
import { figure, foundOf, provenRate, span } from './figures'
import { AddedByParts, ComparedRules, EveryTunnel, FoundBy } from './group-tables'
import { FigureTable } from './table'

const GROUPS: Readonly<Record<GroupResult['id'], { title: string; words: string }>> = {
  real: { title: 'Real captures', words: 'Published by others, as they came from their networks.' },
  lab: { title: 'Laboratory captures', words: 'Tools run live beside made-up clients, a few minutes each.' },
  composed: {
    title: 'Tunnels laid over benign traffic',
    words: 'Made up: a real tunnel shifted into real traffic of another network. Each tunnel has one vote.',
  },
}

/** How well this version detects, on data that others can judge. */
export function EvaluationView({ evaluation, doubtful }: { readonly evaluation: Evaluation; readonly doubtful: readonly Doubt[] }) {
  const { groups, benignWeek, judgement } = evaluation
  return (
    <div className="flex flex-col gap-9">
      <Notice>
        These captures were at hand while thresholds were chosen. On data that nobody here has seen figures will be worse;{' '}
        <code>npm run evaluate</code> measures yours.
      </Notice>
      {groups.map((group) => (
        <Group key={group.id} group={group} />
      ))}
      {benignWeek === null ? null : <Week week={benignWeek} />}
      <StillMissed missed={judgement.missed} />
      <DoubtfulThresholds doubtful={doubtful} />
      <section aria-labelledby="limits">
        <Heading id="limits">What these figures do not say</Heading>
        <ul className="m-0 flex max-w-[76ch] flex-col gap-1.5 pl-5 text-base">
          {judgement.limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Heading({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <h2 id={id} className="m-0 mb-3 font-semibold text-lg">
      {children}
    </h2>
  )
}

function Group({ group }: { readonly group: GroupResult }) {
  const { own, tunnels, failed } = group
  const { title, words } = GROUPS[group.id]
  const rate = provenRate(own.falseAlarms.per1000ClientsADay)
  const { naming } = own
  return (
    <section aria-labelledby={`group-${group.id}`} className="flex flex-col gap-4">
      <header>
        <h2 id={`group-${group.id}`} className="m-0 font-semibold text-lg">
          {title}
        </h2>
        <p className="m-0 text-muted text-sm">
          {words} {formatCount(group.scenarios)} captures, {formatCount(group.lookups)} lookups, {figure(group.clientDays)} client-days.
        </p>
      </header>
      <StatList>
        <Stat label="Tunnels found" value={foundOf(own.recall)} hint={`${figure(own.recall.atMedium)} at medium or above`} />
        <Stat label="Time to alarm" value={span(own.delayMs?.median)} hint={`median; 90 % in ${span(own.delayMs?.p90)}`} />
        <Stat
          label="Tool named rightly"
          value={`${figure(naming.right)} of ${figure(naming.nameable)}`}
          hint={`${figure(naming.wrong)} wrongly${naming.f1 === null ? '' : `; F1 ${figure(naming.f1, 3)}`}`}
        />
        <Stat
          label="False alarms"
          value={figure(own.falseAlarms.count)}
          hint={rate === null ? 'clients unknown' : `proves ${rate.proven} per 1,000 clients a day`}
        />
        <Stat label="Kept suppressed" value={figure(group.suppressed)} hint="explained by the catalogue" />
      </StatList>
      {failed.length === 0 ? null : (
        <Notice tone="warn">
          Not run, and counted as missed: {failed.map(({ scenario, reason }) => `${scenario} (${reason})`).join('; ')}.
        </Notice>
      )}
      <h3 className="m-0 font-semibold text-base">Beside the rules of others</h3>
      <ComparedRules group={group} />
      <h3 className="m-0 font-semibold text-base">What each part adds</h3>
      <AddedByParts group={group} />
      {tunnels.length === 0 ? null : (
        <details>
          <summary className="cursor-pointer font-semibold text-accent text-base">Every tunnel, by tool and by class</summary>
          <div className="mt-3 flex flex-col gap-4">
            <EveryTunnel tunnels={tunnels} />
            <div className="grid items-start gap-4 md:grid-cols-2">
              <FoundBy caption="Found, by tool" parts={own.byTool} />
              <FoundBy caption="Found, by class" parts={own.byClass} />
            </div>
          </div>
        </details>
      )}
    </section>
  )
}

function Week({ week }: { readonly week: BenignWeek }) {
  const alarms = week.alarms.reduce((sum, { count }) => sum + count, 0)
  const rate = provenRate(week.per1000ClientsADay)
  return (
    <section aria-labelledby="made-up" className="flex flex-col gap-4">
      <header>
        <h2 id="made-up" className="m-0 font-semibold text-lg">
          Made-up ordinary traffic
        </h2>
        <p className="m-0 text-muted text-sm">
          Browsing, content networks, reputation services, mail, updates, scanners and resolvers with stated distributions.{' '}
          {formatCount(week.clients)} clients for {figure(week.days)} days, {formatCount(week.lookups)} lookups.
        </p>
      </header>
      <StatList>
        <Stat label="False alarms" value={figure(alarms)} hint={rate === null ? '' : `${rate.measured} per 1,000 clients a day`} />
        <Stat label="Kept suppressed" value={figure(week.suppressed)} hint="explained by the catalogue of benign services" />
        <Stat label="Proven rate" value={rate?.proven ?? '–'} hint="per 1,000 clients a day, 95 %" />
      </StatList>
      {week.alarms.length === 0 ? null : (
        <FigureTable
          caption="False alarms on made-up traffic"
          columns={[
            { title: 'Detector' },
            { title: 'Zone' },
            { title: 'Alarms', isNumber: true },
            { title: 'The first says', isDetail: true },
          ]}
          rows={week.alarms.map(({ detector, severity, zone, count, example }) => ({
            key: `${detector} ${severity} ${zone}`,
            cells: [
              detector,
              <span key="zone" className="break-all">
                {zone}
              </span>,
              figure(count),
              example,
            ],
          }))}
        />
      )}
    </section>
  )
}
