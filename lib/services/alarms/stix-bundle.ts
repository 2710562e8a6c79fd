import { createHash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Alarm } from '@/lib/domain/alarm'

/** Namespace of ids of observables (STIX 2.1 §2.9): equal observables have equal ids in every producer. */
const OBSERVABLE_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7'
/** Our own, made at random once: the same alarm gives the same ids each time. */
const DOWSER_NAMESPACE = '7c6f0d4e-3c0b-4b0e-9c66-0f6b7f1d2a51'
const MAX_NAMES = 100
const MAX_HOSTS = 100
/** STIX 2.1 §4.14: the largest count an observed-data object may state. */
const MAX_OBSERVED = 999_999_999
const PLAIN_NAME = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i

export interface StixObject {
  readonly type: string
  readonly id: string
  readonly [property: string]: unknown
}

export interface StixBundle {
  readonly type: 'bundle'
  readonly id: string
  readonly objects: readonly StixObject[]
}

/** RFC 4122 §4.3: version 5, SHA-1 of namespace and name. */
function uuidV5(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

const ownId = (type: string, name: string): string => `${type}--${uuidV5(DOWSER_NAMESPACE, `${type} ${name}`)}`

function observable(type: string, properties: Readonly<Record<string, string>>): StixObject {
  return { type, spec_version: '2.1', id: `${type}--${uuidV5(OBSERVABLE_NAMESPACE, JSON.stringify(properties))}`, ...properties }
}

/** An address or a name as an observable; null for what STIX has no type for, or what no name server could hold. */
export function hostObservable(value: string): StixObject | null {
  if (isIPv4(value)) return observable('ipv4-addr', { value })
  if (isIPv6(value)) return observable('ipv6-addr', { value })
  return nameObservable(value)
}

const nameObservable = (value: string): StixObject | null =>
  value.length <= 253 && PLAIN_NAME.test(value) ? observable('domain-name', { value }) : null

/** A string literal of the STIX pattern language (§9.2). */
const literal = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** The zone itself and every name below it. */
const patternOf = (zone: string): string => {
  const below = `\\.${zone.replaceAll(/[.*+?^$(){}|[\]\\]/g, '\\$&')}$`
  return `[domain-name:value = ${literal(zone)} OR domain-name:value MATCHES ${literal(below)}]`
}

function observablesOf(alarm: Alarm): readonly StixObject[] {
  const { samples, sources, processStarts } = alarm.evidence
  const hosts = [alarm.source, ...sources.map(({ source }) => source), ...processStarts.map(({ server }) => server)]
  const names = [alarm.zone, ...samples.map(({ name }) => name)].slice(0, MAX_NAMES)
  const users = [alarm.userName, ...processStarts.map(({ user }) => user)]
  const found = [
    ...names.flatMap((name) => (name === null ? [] : (nameObservable(name) ?? []))),
    ...hosts.slice(0, MAX_HOSTS).flatMap((host) => (host === null ? [] : (hostObservable(host) ?? []))),
    ...users.flatMap((user) => (user === null || user === '' ? [] : observable('user-account', { user_id: user }))),
  ]
  return [...new Map(found.map((each) => [each.id, each])).values()]
}

/**
 * What to search for elsewhere, as a STIX 2.1 bundle: an indicator for the zone, what was observed, and a sighting that
 * ties them together. Ids depend on the alarm alone. Names that no name server could hold are left out.
 *
 * @param sourceName - name that the alarm's source had then, a property of our own beside what was observed.
 */
export function stixBundle(alarm: Alarm, sourceName: string | null = null): StixBundle {
  const created = new Date(alarm.openedAt).toISOString()
  const by = ownId('identity', 'Dowser')
  const common = { spec_version: '2.1', created, modified: new Date(Math.max(alarm.openedAt, alarm.updatedAt)).toISOString() }
  const identity = { ...common, modified: created, type: 'identity', id: by, name: 'Dowser', identity_class: 'system' }
  const observables = observablesOf(alarm)
  const seen = { first: new Date(alarm.firstSeenAt).toISOString(), last: new Date(alarm.lastSeenAt).toISOString() }
  const count = Math.min(MAX_OBSERVED, Math.max(1, Math.trunc(alarm.queries)))
  const observed: StixObject = {
    type: 'observed-data',
    id: ownId('observed-data', alarm.id),
    ...common,
    created_by_ref: by,
    first_observed: seen.first,
    last_observed: seen.last,
    number_observed: count,
    object_refs: observables.map(({ id }) => id),
    ...(sourceName !== null && { x_dowser_source_name: sourceName }),
  }
  const facts = observables.length === 0 ? [] : [observed, ...observables]
  const told =
    alarm.zone === null ? [] : indicatorAndSighting(alarm, alarm.zone, { common, by, seen, count, observed: facts[0]?.id ?? null })
  return { type: 'bundle', id: ownId('bundle', alarm.id), objects: [identity, ...told, ...facts] }
}

interface Told {
  readonly common: { readonly spec_version: string; readonly created: string; readonly modified: string }
  readonly by: string
  readonly seen: { readonly first: string; readonly last: string }
  readonly count: number
  readonly observed: string | null
}

function indicatorAndSighting(alarm: Alarm, zone: string, { common, by, seen, count, observed }: Told): readonly StixObject[] {
  const indicator: StixObject = {
    type: 'indicator',
    id: ownId('indicator', alarm.id),
    ...common,
    created_by_ref: by,
    name: `DNS tunnel below ${zone}`,
    description: alarm.summary,
    // Until a person has confirmed it, it is an anomaly.
    indicator_types: [alarm.decision?.reason === 'true-positive' ? 'malicious-activity' : 'anomalous-activity'],
    pattern: patternOf(zone),
    pattern_type: 'stix',
    pattern_version: '2.1',
    valid_from: seen.first,
    labels: [alarm.detector],
    external_references: [{ source_name: 'Dowser', external_id: alarm.id }],
  }
  const sighting: StixObject = {
    type: 'sighting',
    id: ownId('sighting', alarm.id),
    ...common,
    created_by_ref: by,
    first_seen: seen.first,
    last_seen: seen.last,
    count,
    sighting_of_ref: indicator.id,
    ...(observed !== null && { observed_data_refs: [observed] }),
  }
  return [indicator, sighting]
}
