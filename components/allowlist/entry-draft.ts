import { AllowlistDraft } from '@/lib/api/contracts/alarms'

/** Stands for every detector: a list cannot hold nothing as a choice. */
export const ALL_DETECTORS = 'all'

/** What the form holds; an empty source is every source. */
export interface DraftForm {
  readonly domain: string
  readonly source: string
  readonly detector: string
  readonly reason: string
  readonly days: string
}

export const EMPTY_DRAFT: DraftForm = { domain: '', source: '', detector: ALL_DETECTORS, reason: '', days: '30' }

export type DraftErrors = Partial<Record<keyof DraftForm, string>>

const WORDS: Readonly<Record<keyof DraftForm, string>> = {
  domain: 'Enter a domain name, like example.net.',
  source: 'Enter an address or host name, or leave it empty for all.',
  detector: 'Choose a detector.',
  reason: 'Say why, in 3 to 500 characters. Whoever reviews this entry will ask.',
  days: 'Choose how long it lasts.',
}

/** A pasted name as an entry wants it: lower-case, no closing dot, no leading `*.`, without a scheme or path. */
export const tidyDomain = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** The body to send, or a message for each field that is not right yet. */
export function draftOf(form: DraftForm): { readonly draft: AllowlistDraft } | { readonly errors: DraftErrors } {
  const checked = AllowlistDraft.safeParse({
    domain: tidyDomain(form.domain),
    source: orNull(form.source),
    detector: form.detector === ALL_DETECTORS ? null : form.detector,
    reason: form.reason,
    days: Number(form.days),
  })
  if (checked.success) return { draft: checked.data }
  const errors: DraftErrors = {}
  for (const { path } of checked.error.issues) {
    const field = path[0]
    if (typeof field === 'string' && field in WORDS) errors[field as keyof DraftForm] = WORDS[field as keyof DraftForm]
  }
  return { errors }
}
