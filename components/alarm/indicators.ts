import type { Alarm } from '@/lib/domain/alarm'
import { toCsv } from './csv'
import { defang } from './defang'

export interface IndicatorGroup {
  readonly kind: 'domain' | 'name' | 'host' | 'user' | 'server'
  readonly label: string
  /** As the log has them: hostile. */
  readonly values: readonly string[]
}

const distinct = (values: readonly (string | null | undefined)[]): readonly string[] => [
  ...new Set(values.filter((value): value is string => value !== null && value !== undefined && value !== '')),
]

/** What of an alarm can be searched for elsewhere, from the evidence that the alarm keeps; empty groups are left out. */
export function indicatorsOf({ zone, source, hostName, userName, evidence }: Alarm): readonly IndicatorGroup[] {
  const { samples, sources, processStarts, spread } = evidence
  const groups: readonly IndicatorGroup[] = [
    { kind: 'domain', label: 'Domains', values: distinct([zone]) },
    {
      kind: 'name',
      label: 'Names, a sample',
      values: distinct([...samples.map(({ name }) => name), ...processStarts.map(({ target }) => target)]),
    },
    {
      kind: 'host',
      label: 'Hosts',
      values: distinct([source, hostName, ...sources.map((each) => each.source), ...(spread?.hosts ?? []).map((each) => each.source)]),
    },
    { kind: 'user', label: 'Users', values: distinct([userName, ...processStarts.map(({ user }) => user)]) },
    { kind: 'server', label: 'Name servers asked directly', values: distinct(processStarts.map(({ server }) => server)) },
  ]
  return groups.filter(({ values }) => values.length > 0)
}

/** Names in a copy: enough to show their shape. */
const COPIED_NAMES = 20

/** One a line with its kind, so that nothing of it is a link where it is pasted. */
export const defangedText = (groups: readonly IndicatorGroup[]): string =>
  groups
    .flatMap(({ kind, values }) => (kind === 'name' ? values.slice(0, COPIED_NAMES) : values).map((value) => `${kind} ${defang(value)}`))
    .join('\n')

/** Every indicator, in full; not defanged, because programs read it. */
export const indicatorsCsv = (alarm: Alarm, groups: readonly IndicatorGroup[]): string =>
  toCsv(
    ['kind', 'value', 'alarm', 'first_seen_utc', 'last_seen_utc'],
    groups.flatMap(({ kind, values }) =>
      values.map((value) => [kind, value, alarm.id, new Date(alarm.firstSeenAt).toISOString(), new Date(alarm.lastSeenAt).toISOString()]),
    ),
  )
