'use client'
import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { formatRelative } from '@/components/ui/time-format'
import { TimeText } from '@/components/ui/time-text'
import type { AllowlistEntry } from '@/lib/domain/allowlist'
import { alarmsHref } from '@/lib/url/alarms-href'
import { EntrySentence } from './entry-sentence'
import { type EntryState, entryState } from './entry-state'

interface EntryListProps {
  readonly entries: readonly AllowlistEntry[]
  readonly detectorTitles: Readonly<Record<string, string>>
  /** Why entries cannot be removed by this person; null when they can. */
  readonly refusal: string | null
  readonly onRemove: (entry: AllowlistEntry) => void
}

export function EntryList({ entries, detectorTitles, refusal, onRemove }: EntryListProps) {
  return (
    <ul className="m-0 list-none rounded-md border border-line bg-surface p-0">
      {entries.map((entry) => (
        <EntryLine
          key={entry.id}
          entry={entry}
          detectorTitle={entry.detector === null ? null : (detectorTitles[entry.detector] ?? null)}
          refusal={refusal}
          onRemove={() => onRemove(entry)}
        />
      ))}
    </ul>
  )
}

interface EntryLineProps {
  readonly entry: AllowlistEntry
  readonly detectorTitle: string | null
  readonly refusal: string | null
  readonly onRemove: () => void
}

function EntryLine({ entry, detectorTitle, refusal, onRemove }: EntryLineProps) {
  const { now } = useClock()
  const state = entryState(entry, now)
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-line px-4 py-3 not-last:border-b">
      <div className="min-w-0 flex-1 basis-80">
        <EntrySentence entry={entry} detectorTitle={detectorTitle} />
        <p className="m-0 mt-0.5 text-muted text-sm">
          <InertText text={entry.reason} className="italic" />, <InertText text={entry.createdByName} />,{' '}
          <TimeText at={entry.createdAt} precision="day" />
          {entry.alarmId === null ? null : (
            <>
              , from{' '}
              <Link href={`/alarms/${encodeURIComponent(entry.alarmId)}`} className="text-accent">
                {entry.alarmId}
              </Link>
            </>
          )}
          {entry.removedAt === null ? null : (
            <>
              . Removed by <InertText text={entry.removedByName ?? 'Dowser'} /> on <TimeText at={entry.removedAt} precision="day" />
            </>
          )}
        </p>
      </div>
      <div className="flex w-full flex-wrap items-center gap-3 sm:w-auto">
        <Hides entry={entry} state={state} />
        <StateBadge entry={entry} state={state} now={now} />
        {state === 'removed' ? null : (
          <Button size="sm" disabledReason={refusal} onClick={onRemove} aria-label={`Remove the entry for ${entry.domain}`}>
            Remove
          </Button>
        )}
      </div>
    </li>
  )
}

function Hides({ entry, state }: { readonly entry: AllowlistEntry; readonly state: EntryState }) {
  if (state === 'removed' || state === 'expired') return null
  if (entry.hiddenAlarms === 0) return <span className="text-faint text-sm">hides nothing now</span>
  return (
    <Link href={alarmsHref({ status: ['suppressed'], zone: entry.domain })} className="tabular text-accent text-sm">
      hides {plural(entry.hiddenAlarms, 'alarm')}
    </Link>
  )
}

function StateBadge({ entry, state, now }: { readonly entry: AllowlistEntry; readonly state: EntryState; readonly now: number }) {
  switch (state) {
    case 'active':
      return null
    case 'expiring':
      return <Badge tone="warn">Expires {formatRelative(entry.expiresAt, now)}</Badge>
    case 'expired':
      return <Badge>Expired</Badge>
    case 'removed':
      return <Badge>Removed</Badge>
  }
}
