/** What a search of stored events may name. */
export const EVENT_FIELDS = ['zone', 'name', 'source', 'host', 'user', 'type', 'rcode', 'process', 'sensor', 'format'] as const
export type EventField = (typeof EVENT_FIELDS)[number]

export const EVENT_KINDS = ['lookups', 'processes'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

/** Fields that process starts do not have; a search of them leaves these terms out and says so. */
export const LOOKUP_ONLY: ReadonlySet<EventField> = new Set(['type', 'rcode'])

/** One condition. Several values of one field are alternatives; different fields must all hold. */
export interface EventTerm {
  readonly field: EventField
  readonly value: string
  /** Written with a minus: what must not hold. */
  readonly not: boolean
}

export interface ParsedEventSearch {
  readonly terms: readonly EventTerm[]
  /** What could not be understood, one sentence each. */
  readonly problems: readonly string[]
}

/** Value of `type` and `rcode` for a record that has none (Sysmon 22 has no type; no answer has no code). */
export const NO_VALUE = 'none'
export const MAX_SEARCH_LENGTH = 2_000
const MAX_TERMS = 20
const TOKEN = /(-?)(?:([A-Za-z]+):)?(?:"((?:[^"\\]|\\.)*)"|(\S+))?(?:\s+|$)/gs
const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/i

const isField = (word: string): word is EventField => EVENT_FIELDS.some((field) => field === word)

/**
 * Reads `zone:t.example type:TXT -rcode:NXDOMAIN`. Values with spaces stand in quotes, in which `\` escapes. A word without
 * a field is a part of a name, or a source when it is an address. Linear in the length; text beyond 2,000 characters or 20
 * terms is refused with a problem.
 */
export function parseEventSearch(text: string): ParsedEventSearch {
  const terms: EventTerm[] = []
  const problems: string[] = []
  if (text.length > MAX_SEARCH_LENGTH)
    return { terms, problems: [`A search has at most ${MAX_SEARCH_LENGTH.toLocaleString('en-US')} characters.`] }
  for (const token of tokensOf(text.trim())) {
    const term = toTerm(token)
    if (typeof term === 'string') problems.push(term)
    else if (terms.length < MAX_TERMS) terms.push(term)
    else return { terms, problems: [...problems, `A search has at most ${MAX_TERMS} conditions.`] }
  }
  return { terms, problems }
}

interface Token {
  readonly not: boolean
  readonly field: string | null
  readonly value: string
  readonly quoted: boolean
}

function* tokensOf(text: string): Generator<Token> {
  for (const [whole, minus, field, quoted, bare] of text.matchAll(TOKEN)) {
    if (whole === '') continue
    yield { not: minus === '-', field: field ?? null, value: quoted?.replace(/\\(.)/gs, '$1') ?? bare ?? '', quoted: quoted !== undefined }
  }
}

function toTerm({ not, field, value, quoted }: Token): EventTerm | string {
  if (field === null) {
    if (value.trim() === '') return 'A minus stands in front of a condition.'
    const implied = !quoted && ADDRESS.test(value) ? 'source' : 'name'
    return { field: implied, value: normalised(implied, value), not }
  }
  const name = field.toLowerCase()
  const whole = `${field}:${value}`
  if (!isField(name)) {
    if (ADDRESS.test(whole)) return { field: 'source', value: normalised('source', whole), not }
    return `There is no field “${field}”. Fields: ${EVENT_FIELDS.join(', ')}.`
  }
  if (value.trim() === '') return `${name}: needs a value.`
  return { field: name, value: normalised(name, value), not }
}

/** As the store has it: names and addresses lower-case without a trailing dot, types and codes upper-case. */
function normalised(field: EventField, value: string): string {
  const trimmed = value.trim()
  if (field === 'type' || field === 'rcode') return trimmed.toLowerCase() === NO_VALUE ? NO_VALUE : trimmed.toUpperCase()
  if (field !== 'zone' && field !== 'name') return trimmed
  const lower = trimmed.toLowerCase()
  return lower.length > 1 && lower.endsWith('.') && !lower.endsWith('\\.') ? lower.slice(0, -1) : lower
}

/** The text that `parseEventSearch` reads as these terms. */
export const formatEventSearch = (terms: readonly EventTerm[]): string =>
  terms.map(({ field, value, not }) => `${not ? '-' : ''}${field}:${quotedValue(value)}`).join(' ')

const quotedValue = (value: string): string => (/^[^\s"]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`)

/** Terms with the field set to one value: what picking a value from a facet does. */
export const withTerm = (terms: readonly EventTerm[], field: EventField, value: string): readonly EventTerm[] => [
  ...terms.filter((term) => term.field !== field || term.not),
  { field, value, not: false },
]

const MINUTE = 60_000
const STEPS = [1, 5, 15, 60, 240, 1440].map((minutes) => minutes * MINUTE)
const MAX_BUCKETS = 120

/** Grain of counts over a span: minutes for hours, hours for days, days beyond; at most 120 buckets up to four months. */
export function bucketFor(spanMs: number): number {
  return STEPS.find((step) => spanMs / step <= MAX_BUCKETS) ?? Math.ceil(spanMs / MAX_BUCKETS / (1440 * MINUTE)) * 1440 * MINUTE
}
