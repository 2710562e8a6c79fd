import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { TimeText } from '@/components/ui/time-text'
import type { AllowlistEntry } from '@/lib/domain/allowlist'

/** What the entry does, as it would be said aloud. */
export function EntrySentence({ entry, detectorTitle }: { readonly entry: AllowlistEntry; readonly detectorTitle: string | null }) {
  const over = entry.removedAt !== null
  return (
    <p className={`m-0 text-base ${over ? 'text-muted' : ''}`}>
      Ignore <NameText name={entry.domain} zone={entry.domain} full /> and everything below it,{' '}
      {entry.source === null ? (
        'from all sources'
      ) : (
        <>
          from <InertText text={entry.source} className="font-mono text-[0.93em]" /> only
        </>
      )}
      , {entry.detector === null ? 'for all detectors' : <>for {detectorTitle ?? <InertText text={entry.detector} />} only</>}, until{' '}
      <TimeText at={entry.expiresAt} precision="day" className="tabular whitespace-nowrap font-medium" />.
    </p>
  )
}
