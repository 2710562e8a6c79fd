'use client'

import { useClock } from '@/components/ui/clock'
import { Icon } from '@/components/ui/icon'
import { inertText } from '@/components/ui/inert-text'
import { severityWord } from '@/components/ui/severity-badge'
import { formatInstant } from '@/components/ui/time-format'
import { type AlarmsSearchParams, isNarrowed, NO_NARROWING } from '@/lib/url/alarms-search-params'

interface FilterChipsProps {
  readonly params: AlarmsSearchParams
  readonly detectorTitle: (id: string) => string
  readonly onChange: (changes: { [Key in keyof AlarmsSearchParams]?: AlarmsSearchParams[Key] | null }) => void
}

/** Every filter in force as a chip that takes it away. */
export function FilterChips({ params, detectorTitle, onChange }: FilterChipsProps) {
  const { timeZone } = useClock()
  if (!isNarrowed(params)) return null
  const words = {
    zone: 'zone',
    source: 'source',
    technique: 'technique',
    hostId: 'host',
    host: 'host',
    user: 'user',
    tool: 'tool',
    owner: 'owner',
    text: 'text',
  } as const
  return (
    <ul aria-label="Filters in force" className="m-0 flex list-none flex-wrap items-center gap-1.5 p-0">
      {params.severity.map((severity) => (
        <Chip
          key={severity}
          label={`severity: ${severityWord(severity).toLowerCase()}`}
          onRemove={() => onChange({ severity: params.severity.filter((each) => each !== severity) })}
        />
      ))}
      {params.detector.map((id) => (
        <Chip
          key={id}
          label={`detector: ${detectorTitle(id)}`}
          onRemove={() => onChange({ detector: params.detector.filter((each) => each !== id) })}
        />
      ))}
      {(Object.keys(words) as (keyof typeof words)[]).map((field) =>
        params[field] ? (
          <Chip key={field} label={`${words[field]}: ${params[field]}`} onRemove={() => onChange({ [field]: null })} />
        ) : null,
      )}
      {params.closedFrom !== null && (
        <Chip
          label={`closed since ${formatInstant(params.closedFrom, timeZone, 'minute')}`}
          onRemove={() => onChange({ closedFrom: null })}
        />
      )}
      {params.from !== null && (
        <Chip label={`since ${formatInstant(params.from, timeZone, 'minute')}`} onRemove={() => onChange({ from: null })} />
      )}
      {params.to !== null && (
        <Chip label={`until ${formatInstant(params.to, timeZone, 'minute')}`} onRemove={() => onChange({ to: null })} />
      )}
      <li>
        <button
          type="button"
          onClick={() => onChange(NO_NARROWING)}
          className="tap min-h-6 rounded-sm px-1.5 text-accent text-sm hover:bg-hover"
        >
          Clear all
        </button>
      </li>
    </ul>
  )
}

function Chip({ label, onRemove }: { readonly label: string; readonly onRemove: () => void }) {
  const safe = inertText(label)
  return (
    <li>
      <button
        type="button"
        onClick={onRemove}
        aria-label={`Remove filter ${safe}`}
        className="tap flex min-h-6 items-center gap-1 rounded-sm border border-line bg-surface px-1.5 text-sm hover:bg-hover"
      >
        <bdi className="max-w-64 truncate">{safe}</bdi>
        <Icon name="close" size={12} />
      </button>
    </li>
  )
}
