import { type EventField, type EventKind, type EventTerm, LOOKUP_ONLY, NO_VALUE } from '@/lib/domain/event-search'
import { registeredDomain } from '@/lib/names/registered-domain'
import type { Cell } from './event-row'

export interface Condition {
  /** `1` when nothing is asked. */
  readonly sql: string
  readonly values: readonly Cell[]
}

/** The value itself as a text column, ignoring the case of ASCII letters: what Windows does with its names. */
const equals =
  (...columns: readonly string[]) =>
  (value: string): Condition => ({
    sql: columns.map((column) => `${column} = ? COLLATE NOCASE`).join(' OR '),
    values: columns.map(() => value),
  })

/** Found by `instr`, not LIKE: what is looked for may hold % and _. */
const holds =
  (column: string) =>
  (value: string): Condition => ({ sql: `instr(lower(coalesce(${column}, '')), ?) > 0`, values: [value.toLowerCase()] })

const exact =
  (column: string) =>
  (value: string): Condition =>
    value === NO_VALUE ? { sql: `${column} IS NULL`, values: [] } : { sql: `${column} = ?`, values: [value] }

/** A registered domain by its column; a name below one, or above them, by how names end. */
function inZone(value: string): Condition {
  if (registeredDomain(value) === value) return { sql: 'zone = ?', values: [value] }
  const below = `.${value}`
  return { sql: 'qname = ? OR substr(qname, ?) = ?', values: [value, -below.length, below] }
}

/** `host_ips` is a JSON array of texts. */
const onHost = (value: string): Condition => ({
  sql: `host_name = ? COLLATE NOCASE OR host_id = ? COLLATE NOCASE OR instr(host_ips, ?) > 0`,
  values: [value, value, JSON.stringify(value)],
})

const LOOKUPS: Readonly<Record<EventField, (value: string) => Condition>> = {
  zone: inZone,
  name: (value) => ({ sql: 'instr(qname, ?) > 0', values: [value] }),
  source: (value) => ({ sql: 'source = ?', values: [value] }),
  host: equals('host_name', 'host_id', 'source'),
  user: equals('user_name'),
  type: exact('qtype'),
  rcode: exact('rcode'),
  process: equals('process_name'),
  sensor: equals('sensor'),
  format: equals('format'),
}

const PROCESSES: Readonly<Record<EventField, (value: string) => Condition>> = {
  zone: holds('command_line'),
  name: holds('command_line'),
  source: onHost,
  host: onHost,
  user: equals('user_name', 'user_id'),
  type: () => ({ sql: '1', values: [] }),
  rcode: () => ({ sql: '1', values: [] }),
  process: equals('name', 'executable', 'original_file_name', 'parent_name'),
  sensor: equals('sensor'),
  format: equals('format'),
}

/** The terms as a condition on a row. Values are bound, never part of the text. */
export function conditionOf(kind: EventKind, terms: readonly EventTerm[]): Condition {
  const write = kind === 'lookups' ? LOOKUPS : PROCESSES
  const parts: string[] = []
  const values: Cell[] = []
  const add = (some: readonly EventTerm[], not: boolean): void => {
    if (some.length === 0) return
    const conditions = some.map((term) => write[term.field](term.value))
    const any = conditions.map(({ sql }) => `(${sql})`).join(' OR ')
    // NULL is not "is", so that an event without the value is among those that lack it.
    parts.push(not ? `((${any}) IS NOT TRUE)` : `(${any})`)
    for (const condition of conditions) values.push(...condition.values)
  }
  const asked = kind === 'lookups' ? terms : terms.filter((term) => !LOOKUP_ONLY.has(term.field))
  for (const field of new Set(asked.filter((term) => !term.not).map((term) => term.field)))
    add(
      asked.filter((term) => term.field === field && !term.not),
      false,
    )
  add(
    asked.filter((term) => term.not),
    true,
  )
  return { sql: parts.length === 0 ? '1' : parts.join(' AND '), values }
}

/** Which of the small tables tells where matching lookups are, and for which value; null when none does. */
export function narrowedBy(
  terms: readonly EventTerm[],
): { readonly table: string; readonly column: string; readonly value: string } | null {
  const only = (field: EventField): string | null => {
    const given = terms.filter((term) => term.field === field && !term.not)
    return given.length === 1 ? (given[0]?.value ?? null) : null
  }
  const zone = only('zone')
  const registered = zone === null ? null : registeredDomain(zone)
  if (registered !== null) return { table: 'zone_slot', column: 'zone', value: registered }
  const source = only('source')
  return source === null ? null : { table: 'source_slot', column: 'source', value: source }
}
