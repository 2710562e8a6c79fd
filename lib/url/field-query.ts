import { ALARM_STATUSES } from '@/lib/domain/alarm-status'
import { SEVERITIES } from '@/lib/domain/severity'
import type { AlarmsSearchParams } from './alarms-search-params'

/** Fields of the search box, and what each sets in the address. */
const SINGLE = { zone: 'zone', source: 'source', host: 'host', user: 'user', technique: 'technique', owner: 'owner', tool: 'tool' } as const
const SEVERAL = ['detector', 'severity', 'status'] as const
export const QUERY_FIELDS = [...Object.keys(SINGLE), ...SEVERAL].toSorted()

export interface FieldQuery {
  /** What the fields set; several of one field add up. */
  readonly fields: Partial<AlarmsSearchParams>
  /** The words that are no field. */
  readonly text: string
}

const TOKEN = /(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/giy

interface Token {
  readonly field: string | null
  readonly value: string
  readonly raw: string
}

function tokensOf(typed: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < typed.length; ) {
    TOKEN.lastIndex = at
    const match = /\s/.test(typed[at] ?? '') ? null : TOKEN.exec(typed)
    if (match === null) at += 1
    else {
      tokens.push({ field: match[1]?.toLowerCase() ?? null, value: match[2] ?? match[3] ?? '', raw: match[0] })
      at = TOKEN.lastIndex
    }
  }
  return tokens
}

const isOneOf = <Value extends string>(values: readonly Value[], value: string): value is Value => values.some((each) => each === value)

/** Reads `zone:example.com severity:high beacon`. A field it does not know, or a value the field cannot have, stays text. */
export function readFieldQuery(typed: string): FieldQuery {
  const fields: { -readonly [Key in keyof AlarmsSearchParams]?: AlarmsSearchParams[Key] } = {}
  const words: string[] = []
  for (const { field, value, raw } of tokensOf(typed)) {
    if (value === '' || field === null) words.push(raw)
    else if (field === 'detector') fields.detector = [...(fields.detector ?? []), value]
    else if (field === 'severity' && isOneOf(SEVERITIES, value)) fields.severity = [...(fields.severity ?? []), value]
    else if (field === 'status' && isOneOf(ALARM_STATUSES, value)) fields.status = [...(fields.status ?? []), value]
    else if (Object.hasOwn(SINGLE, field)) fields[SINGLE[field as keyof typeof SINGLE]] = value
    else words.push(raw)
  }
  return { fields, text: words.join(' ') }
}

/** Splits off the token still being typed when it names a field, so that half a value filters nothing. */
export function splitUnfinished(typed: string): { readonly done: string; readonly unfinished: string } {
  const last = /(?:^|\s)([a-z]+:(?:"[^"]*|\S*))$/i.exec(typed)
  const field = last?.[1]?.split(':', 1)[0]?.toLowerCase()
  if (last?.[1] === undefined || field === undefined || !QUERY_FIELDS.includes(field)) return { done: typed, unfinished: '' }
  return { done: typed.slice(0, typed.length - last[1].length), unfinished: last[1] }
}

/** Whole inputs the box offers for what is typed so far: fields first, then the values a field can have. */
export function completions(typed: string, detectors: readonly string[]): string[] {
  const start = typed.slice(0, typed.length - (/\S*$/.exec(typed)?.[0].length ?? 0))
  const [field = '', value] = typed.slice(start.length).toLowerCase().split(':', 2)
  if (value === undefined)
    return field === '' ? [] : QUERY_FIELDS.filter((each) => each.startsWith(field)).map((each) => `${start}${each}:`)
  const values: Readonly<Record<string, readonly string[]>> = {
    severity: SEVERITIES,
    status: ALARM_STATUSES,
    owner: ['me', 'none'],
    detector: detectors,
  }
  return (values[field] ?? []).filter((each) => each.startsWith(value) && each !== value).map((each) => `${start}${field}:${each}`)
}
