'use client'
import { useQuery } from '@tanstack/react-query'
import { useQueryState } from 'nuqs'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { NameText } from '@/components/ui/name-text'
import { TextField } from '@/components/ui/text-field'
import { allowlistCheckOptions } from '@/lib/queries/allowlist'
import { failureOf } from '@/lib/queries/failure'
import { allowlistSearchParams } from '@/lib/url/allowlist-search-params'
import { tidyDomain } from './entry-draft'
import { EntrySentence } from './entry-sentence'

/** Takes a name and says which entry decides about it, if any. */
export function CheckName({ detectorTitles }: { readonly detectorTitles: Readonly<Record<string, string>> }) {
  const [asked, setAsked] = useQueryState('check', allowlistSearchParams.check)
  const [text, setText] = useState(asked)
  const { data, error, isFetching } = useQuery(allowlistCheckOptions(asked))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void setAsked(tidyDomain(text))
  }
  return (
    <section aria-labelledby="check-name" className="rounded-md border border-line bg-surface px-4 py-3">
      <h2 id="check-name" className="m-0 font-semibold text-base">
        Check a name
      </h2>
      <form onSubmit={submit} className="mt-2 flex items-end gap-2">
        <TextField
          label="Name"
          hideLabel
          mono
          value={text}
          onValueChange={setText}
          placeholder="host.example.net"
          autoComplete="off"
          spellCheck={false}
          className="flex-1"
        />
        <Button type="submit" icon="search" pending={isFetching}>
          Check
        </Button>
      </form>
      <div role="status" className="empty:hidden mt-2.5 flex items-start gap-2">
        {asked === '' || (data === undefined && error === null) ? null : error ? (
          <p className="m-0 text-danger text-sm">{failureOf(error).detail}</p>
        ) : data?.entry ? (
          <>
            <Icon name="allowlist" className="mt-0.5 shrink-0 text-accent" />
            <div className="min-w-0">
              <p className="m-0 text-muted text-sm">
                An entry decides about <NameText name={asked} full />:
              </p>
              <EntrySentence
                entry={data.entry}
                detectorTitle={data.entry.detector === null ? null : (detectorTitles[data.entry.detector] ?? null)}
              />
            </div>
          </>
        ) : (
          <>
            <Icon name="info" className="mt-0.5 shrink-0 text-faint" />
            <p className="m-0 text-sm">
              No entry covers <NameText name={asked} full />. An alarm about it would be shown.
            </p>
          </>
        )}
      </div>
    </section>
  )
}
