'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useEffectEvent } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { useClock } from '@/components/ui/clock'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TextField } from '@/components/ui/text-field'
import { formatInstant } from '@/components/ui/time-format'
import type { AllowlistDraft } from '@/lib/api/contracts/alarms'
import type { PreviewAllowlistResponse } from '@/lib/api/contracts/allowlist'
import { ANALYST_ALLOWLIST_MAX_DAYS, can, type Role } from '@/lib/domain/permission'
import { allowlistPreviewOptions } from '@/lib/queries/allowlist'
import type { TriageAlarm } from './use-triage'

const DAY_MS = 86_400_000
const LIVES = [1, 7, 30, 90, 365] as const

interface AllowlistPartProps {
  readonly entry: AllowlistDraft
  readonly alarm: TriageAlarm
  readonly role: Role
  readonly detectorTitle: (id: string) => string
  readonly onChange: (entry: AllowlistDraft) => void
  /** The preview of the entry as it stands; null while it is being counted. */
  readonly onPreview: (preview: PreviewAllowlistResponse | null) => void
}

/** The entry as fields, as a sentence, and as a count of what it would hide. */
export function AllowlistPart({ entry, alarm, role, detectorTitle, onChange, onPreview }: AllowlistPartProps) {
  const { now, timeZone } = useClock()
  const longest = can(role, 'allowlist:manage') ? 365 : ANALYST_ALLOWLIST_MAX_DAYS
  const until = formatInstant(now + entry.days * DAY_MS, timeZone, 'day')
  const choose = (value: string | null) => value ?? 'all'
  return (
    <div className="flex flex-col gap-3 rounded-md border border-line px-3 py-3">
      <TextField
        label="Domain"
        description="Covers the name itself and everything below it."
        mono
        value={entry.domain}
        onValueChange={(domain) => onChange({ ...entry, domain })}
        spellCheck={false}
        autoComplete="off"
        maxLength={253}
      />
      <div className="grid gap-3 sm:grid-cols-3">
        <Select
          label="Asked by"
          value={choose(entry.source)}
          onValueChange={(value) => onChange({ ...entry, source: value === 'all' ? null : value })}
          options={[
            ...(alarm.source ? [{ value: alarm.source, label: `Only ${alarm.source}` }] : []),
            { value: 'all', label: 'Every source' },
          ]}
        />
        <Select
          label="Detector"
          value={choose(entry.detector)}
          onValueChange={(value) => onChange({ ...entry, detector: value === 'all' ? null : value })}
          options={[
            { value: alarm.detector, label: detectorTitle(alarm.detector) },
            { value: 'all', label: 'Every detector' },
          ]}
        />
        <Select
          label="Until"
          value={String(entry.days)}
          onValueChange={(value) => onChange({ ...entry, days: Number(value) })}
          options={LIVES.filter((days) => days <= longest).map((days) => ({
            value: String(days),
            label: days === 1 ? '24 hours' : `${days} days`,
          }))}
        />
      </div>
      <p className="m-0 text-sm">
        Ignores <NameText name={entry.domain} full /> and every name below it, asked by{' '}
        <strong>
          <InertText text={entry.source ?? 'every source'} />
        </strong>{' '}
        <SourceName source={entry.source} at={alarm.lastSeenAt} beside={[alarm.hostName]} />, for{' '}
        <strong>{entry.detector ? detectorTitle(entry.detector) : 'every detector'}</strong>, until <strong>{until}</strong>.
      </p>
      <EntryPreview entry={entry} onPreview={onPreview} />
    </div>
  )
}

function EntryPreview({ entry, onPreview }: Pick<AllowlistPartProps, 'entry' | 'onPreview'>) {
  const domain = useDeferredValue(entry.domain.trim())
  const query = useQuery({
    ...allowlistPreviewOptions({ domain, source: entry.source, detector: entry.detector }, domain !== ''),
    placeholderData: keepPreviousData,
  })
  const preview = query.isPlaceholderData ? null : (query.data ?? null)
  const report = useEffectEvent(onPreview)
  useEffect(() => report(preview), [preview])
  if (query.isError) return <Notice tone="warn">What it would hide could not be counted: {query.error.message}</Notice>
  if (query.data === undefined) return <p className="m-0 text-muted text-sm">Counting what it would hide…</p>
  const { openAlarms, truePositives, examples, refusal, warnings } = query.data
  return (
    <div aria-live="polite" className="flex flex-col gap-2 text-sm">
      {refusal ? (
        <Notice tone="danger">{refusal}</Notice>
      ) : (
        <p className="m-0">
          Hides <strong>{plural(openAlarms, 'open alarm')}</strong> now
          {truePositives > 0 && <strong className="text-danger"> and covers {plural(truePositives, 'confirmed tunnel')}</strong>}.
        </p>
      )}
      {warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {examples.length > 0 && (
        <ul className="m-0 flex list-none flex-col gap-1 p-0">
          {examples.slice(0, 5).map((row) => (
            <li key={row.id} className="flex min-w-0 items-center gap-2">
              <SeverityBadge severity={row.severity} look="compact" />
              <span className="min-w-0 truncate">
                {row.zone ? <NameText name={row.zone} zone={row.zone} /> : row.id}{' '}
                <InertText text={row.source ?? ''} className="text-muted" /> <SourceName source={row.source} at={row.lastSeenAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
