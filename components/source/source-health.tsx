'use client'
import { downloadText } from '@/components/alarm/csv'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { formatCount, formatDuration } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { Stat, StatList } from '@/components/ui/stat'
import { TimeText } from '@/components/ui/time-text'
import type { LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { lagText, rateText, stateLook } from './log-source-state'
import { ReadAgain } from './read-again'
import { inWords, Rejects, rejectsFile } from './rejects'

interface SourceHealthProps {
  readonly source: LogSource
  readonly health: LogSourceHealth | null
}

/** How a source does: now, since it was added, and when it was silent. */
export function SourceHealth({ source, health }: SourceHealthProps) {
  const { sentence, tone } = stateLook(source, health)
  return (
    <div className="flex flex-col gap-6">
      {health?.error && source.pausedAt === null ? (
        <Notice tone="danger">
          <InertText text={health.error} limit={500} />
        </Notice>
      ) : (
        <Notice tone={tone === 'warn' ? 'warn' : 'neutral'}>{sentence}</Notice>
      )}
      {health === null ? null : (
        <>
          <Figures health={health} />
          <Clocks health={health} />
          <GapList gaps={health.gaps} quietAfterMs={source.settings.quietAfterMs} />
          <LeftOut source={source} health={health} />
        </>
      )}
    </div>
  )
}

function Figures({ health }: { readonly health: LogSourceHealth }) {
  return (
    <StatList>
      <Stat label="Last event" value={health.lastEventAt === null ? '–' : <TimeText at={health.lastEventAt} relative />} />
      <Stat label="Lag" value={lagText(health.lagMs)} />
      <Stat label="Events/s" value={rateText(health.eventsPerSecond)} hint="over the last minute" />
      <Stat label="Connections" value={formatCount(health.connections)} />
      <Stat label="DNS lookups" value={formatCount(health.dnsEvents)} />
      <Stat label="Process starts" value={formatCount(health.processEvents)} />
      <Stat label="Already known" value={formatCount(health.duplicates)} />
      <Stat label="Rejected" value={formatCount(health.rejected)} />
    </StatList>
  )
}

const AHEAD_MS = 60_000
const BEHIND_MS = 10 * 60_000

/** Wrong clocks and late deliveries: both cost detection, and neither shows in a count of events. */
function Clocks({ health: { lagMs, lateEvents, futureEvents } }: { readonly health: LogSourceHealth }) {
  const said = [
    lagMs !== null && lagMs < -AHEAD_MS
      ? `The sender’s clock is ${formatDuration(lagMs)} ahead of this machine’s, or its time zone is wrong.`
      : null,
    lagMs !== null && lagMs > BEHIND_MS
      ? `What arrives is ${formatDuration(lagMs)} old: the sender is behind, or its clock or time zone is wrong.`
      : null,
    futureEvents > 0 ? `${formatCount(futureEvents)} events lay more than a minute in the future.` : null,
    lateEvents > 0
      ? `${formatCount(lateEvents)} events came after the detectors had passed their time: they are stored, but were not counted while it mattered.`
      : null,
  ].filter((sentence) => sentence !== null)
  return said.length === 0 ? null : (
    <Notice tone="warn">
      {said.map((sentence) => (
        <p key={sentence} className="m-0">
          {sentence}
        </p>
      ))}
    </Notice>
  )
}

const SHOWN_GAPS = 20

function GapList({ gaps, quietAfterMs }: { readonly gaps: LogSourceHealth['gaps']; readonly quietAfterMs: number }) {
  const { now } = useClock()
  return (
    <section aria-labelledby="gaps" className="flex flex-col gap-2">
      <h2 id="gaps" className="m-0 font-semibold text-lg">
        Gaps
      </h2>
      {gaps.length === 0 ? (
        <p className="m-0 text-muted text-sm">It has never been silent for longer than {formatDuration(quietAfterMs)}.</p>
      ) : (
        <ul className="m-0 list-none rounded-md border border-line bg-surface p-0">
          {gaps.slice(0, SHOWN_GAPS).map(({ fromMs, toMs }) => (
            <li key={fromMs} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line px-4 py-2 text-sm not-last:border-b">
              <Icon name={toMs === null ? 'warning' : 'minus'} size={14} className={toMs === null ? 'text-warn' : 'text-faint'} />
              <span className="tabular w-24 font-medium">{formatDuration((toMs ?? now) - fromMs)}</span>
              <span className="text-muted">
                <TimeText at={fromMs} /> to {toMs === null ? 'now' : <TimeText at={toMs} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {gaps.length > SHOWN_GAPS ? <p className="m-0 text-muted text-sm">And {gaps.length - SHOWN_GAPS} older ones.</p> : null}
    </section>
  )
}

function LeftOut({ source, health: { skipped, rejects, rejected } }: { readonly source: LogSource; readonly health: LogSourceHealth }) {
  const notNeeded = Object.entries(skipped).filter(([, count]) => count > 0)
  if (rejects.length === 0 && notNeeded.length === 0) return null
  return (
    <section aria-labelledby="left-out" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="left-out" className="m-0 font-semibold text-lg">
          Left out
        </h2>
        {rejects.length === 0 ? null : (
          <Button
            size="sm"
            icon="download"
            onClick={() =>
              downloadText(`${source.name.replace(/[^\w.-]+/g, '-')}-rejected.ndjson`, 'application/x-ndjson', rejectsFile(rejects))
            }
          >
            Download samples
          </Button>
        )}
      </div>
      {rejected > 0 ? (
        <p className="m-0 text-muted text-sm">{formatCount(rejected)} records could not be read. The first of each reason are kept.</p>
      ) : null}
      <Rejects rejects={rejects} />
      <ReadAgain owner="log-source" id={source.id} rejected={rejected} />
      {notNeeded.length === 0 ? null : (
        <p className="m-0 text-muted text-sm">
          Not needed:{' '}
          {notNeeded.map(([reason, count], index) => (
            <span key={reason} className="tabular">
              {index === 0 ? '' : ', '}
              {formatCount(count)} <InertText text={inWords(reason)} limit={80} />
            </span>
          ))}
        </p>
      )}
    </section>
  )
}
