'use client'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { SourceName } from '@/components/asset/source-name'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { Notice } from '@/components/ui/notice'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { Spinner } from '@/components/ui/spinner'
import type { PreviewAllowlistResponse } from '@/lib/api/contracts/allowlist'
import { allowlistPreviewOptions } from '@/lib/queries/allowlist'
import { failureOf } from '@/lib/queries/failure'
import { ALL_DETECTORS, type DraftForm, tidyDomain } from './entry-draft'

const DEBOUNCE_MS = 250

interface Preview {
  readonly data: PreviewAllowlistResponse | null
  readonly loading: boolean
  readonly error: string | null
}

/** Asks the server, once typing has paused, what the entry would hide. */
export function useEntryPreview(form: Pick<DraftForm, 'domain' | 'source' | 'detector'>): Preview {
  const asked = useDebounced(`${tidyDomain(form.domain)}\n${form.source.trim()}\n${form.detector}`)
  const [domain = '', source = '', detector = ''] = asked.split('\n')
  const enabled = domain.length >= 2
  const draft = { domain, source: source === '' ? null : source, detector: detector === ALL_DETECTORS ? null : detector }
  const query = useQuery({ ...allowlistPreviewOptions(draft, enabled), placeholderData: keepPreviousData })
  return {
    data: enabled && !query.isError ? (query.data ?? null) : null,
    loading: enabled && query.isFetching,
    error: enabled && query.isError ? failureOf(query.error).detail : null,
  }
}

function useDebounced(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The answer, in the order it matters: refused, regretted, hidden. */
export function EntryPreview({ domain, data, loading, error }: Preview & { readonly domain: string }) {
  return (
    <section aria-label="What it would hide" className="rounded-md border border-line bg-sunken/50 px-3 py-2.5">
      <div role="status" className="flex min-h-5 items-center gap-2 font-medium text-sm">
        {loading ? <Spinner size={14} /> : null}
        {domain.length < 2
          ? 'Enter a domain to see what this entry would hide.'
          : error
            ? `What it would hide is unknown: ${error}`
            : data === null
              ? 'Counting'
              : data.refusal === null
                ? headline(data)
                : 'This entry cannot be saved.'}
      </div>
      {data === null ? null : <Findings data={data} />}
    </section>
  )
}

const headline = ({ openAlarms }: PreviewAllowlistResponse): string =>
  openAlarms === 0 ? 'It would hide no open alarm.' : `It would hide ${plural(openAlarms, 'open alarm')}.`

function Findings({ data }: { readonly data: PreviewAllowlistResponse }) {
  return (
    <div className="flex flex-col gap-2 empty:hidden [&>:first-child]:mt-2">
      {data.refusal === null ? null : <Notice tone="danger">{data.refusal}</Notice>}
      {data.truePositives === 0 ? null : (
        <Notice tone="warn">
          <strong className="font-semibold">It would have hidden {plural(data.truePositives, 'confirmed tunnel')}.</strong> A colleague
          closed {data.truePositives === 1 ? 'that alarm' : 'those alarms'} as a true positive. Narrow the entry down, or be sure.
        </Notice>
      )}
      {data.warnings.map((warning) => (
        <Notice key={warning} tone="warn">
          {warning}
        </Notice>
      ))}
      {data.examples.length === 0 ? null : (
        <ul className="m-0 flex list-none flex-col gap-1 p-0 text-sm">
          {data.examples.slice(0, 5).map((alarm) => (
            <li key={alarm.id} className="flex min-w-0 items-center gap-2">
              <SeverityBadge severity={alarm.severity} look="compact" />
              {alarm.zone === null ? <span className="text-faint">no domain</span> : <NameText name={alarm.zone} zone={alarm.zone} />}
              <span className="min-w-0 truncate text-muted">
                from <InertText text={alarm.source ?? alarm.hostName ?? 'an unknown source'} limit={60} />{' '}
                <SourceName source={alarm.source} at={alarm.lastSeenAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
