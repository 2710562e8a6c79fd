'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Icon } from '@/components/ui/icon'
import { inertText } from '@/components/ui/inert-text'
import { TextField } from '@/components/ui/text-field'
import { EVENT_FIELDS, type EventTerm, formatEventSearch, parseEventSearch } from '@/lib/domain/event-search'

interface SearchBoxProps {
  readonly q: string
  readonly onSearch: (q: string) => void
}

const HELP = `Fields: ${EVENT_FIELDS.join(', ')}. A minus rules out, quotes hold spaces, “none” is no type or no answer; a bare word is part of the name.`

/** `field:value` text, its conditions as chips that can be taken away, and what could not be read. */
export function SearchBox({ q, onSearch }: SearchBoxProps) {
  const [draft, setDraft] = useState({ of: q, text: q })
  // Links and facets change the search from outside; what was typed then gives way.
  const text = draft.of === q ? draft.text : q
  const { terms } = parseEventSearch(q)
  const { problems } = parseEventSearch(text)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (problems.length === 0) onSearch(text.trim())
  }
  return (
    <search>
      <form onSubmit={submit} className="flex items-start gap-2">
        <TextField
          label="Search"
          hideLabel
          type="search"
          mono
          className="flex-1"
          value={text}
          onValueChange={(next) => setDraft({ of: q, text: next })}
          placeholder="zone:example.com type:TXT -rcode:NXDOMAIN"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          description={HELP}
          error={problems[0] === undefined ? null : inertText(problems[0])}
        />
        <Button type="submit" variant="primary" icon="search">
          Search
        </Button>
      </form>
      {terms.length === 0 ? null : <Terms terms={terms} onTerms={(kept) => onSearch(formatEventSearch(kept))} />}
    </search>
  )
}

function Terms({ terms, onTerms }: { readonly terms: readonly EventTerm[]; readonly onTerms: (terms: readonly EventTerm[]) => void }) {
  return (
    <ul aria-label="Conditions" className="m-0 mt-2 flex list-none flex-wrap gap-1.5 p-0">
      {terms.map((term, index) => {
        const words = inertText(`${term.field}: ${term.value}`)
        return (
          <li key={`${term.not}${term.field}:${term.value}`} className="max-w-full">
            <button
              type="button"
              aria-label={`Remove the condition ${term.not ? 'not ' : ''}${words}`}
              onClick={() => onTerms(terms.filter((_, at) => at !== index))}
              className="tap inline-flex min-h-6 max-w-full items-center gap-1 rounded-sm border border-line bg-sunken px-1.5 text-sm hover:bg-hover"
            >
              {term.not ? <span className="font-medium text-danger">not</span> : null}
              <bdi className="min-w-0 truncate" title={words}>
                {words}
              </bdi>
              <Icon name="close" size={12} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
