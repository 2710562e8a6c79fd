import {
  createLoader,
  createSerializer,
  type inferParserType,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import { ALARM_STATUSES } from '@/lib/domain/alarm-status'
import { SEVERITIES } from '@/lib/domain/severity'

export const QUEUE_ROWS = ['alarms', 'stories'] as const
export const ALARM_SORTS = ['worst', 'newest', 'oldest'] as const

/** The alarm queue's whole state in the address, under the names of `GET /api/v1/alarms`; instants are epoch ms UTC. */
export const alarmsSearchParams = {
  status: parseAsArrayOf(parseAsStringLiteral(ALARM_STATUSES)).withDefault(['open']),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  detector: parseAsArrayOf(parseAsString).withDefault([]),
  zone: parseAsString,
  source: parseAsString,
  technique: parseAsString,
  hostId: parseAsString,
  /** Id or name. */
  host: parseAsString,
  user: parseAsString,
  tool: parseAsString,
  owner: parseAsString,
  closedFrom: parseAsInteger,
  text: parseAsString,
  from: parseAsInteger,
  to: parseAsInteger,
  sort: parseAsStringLiteral(ALARM_SORTS).withDefault('worst'),
  /** What a row of the queue is; no part of the API's filter. */
  rows: parseAsStringLiteral(QUEUE_ROWS).withDefault('alarms'),
}
export type AlarmsSearchParams = inferParserType<typeof alarmsSearchParams>

export const loadAlarmsSearchParams = createLoader(alarmsSearchParams)
export const serializeAlarmsSearchParams = createSerializer(alarmsSearchParams)

/** Longest text the API takes; longer input is cut rather than refused. */
const MAX_TEXT = 200

/** The list query of an address: empty fields left out, so that equal addresses give equal query keys. */
export function toAlarmFilter(params: AlarmsSearchParams) {
  const text = params.text?.trim().slice(0, MAX_TEXT)
  return {
    ...(params.status.length > 0 && { status: [...params.status] }),
    ...(params.severity.length > 0 && { severity: [...params.severity] }),
    ...(params.detector.length > 0 && { detector: [...params.detector] }),
    ...(params.zone && { zone: params.zone }),
    ...(params.source && { source: params.source }),
    ...(params.technique && { technique: params.technique }),
    ...(params.hostId && { hostId: params.hostId }),
    ...(params.host && { host: params.host }),
    ...(params.user && { user: params.user }),
    ...(params.tool && { tool: params.tool }),
    ...(params.owner && { owner: params.owner }),
    ...(params.closedFrom !== null && { closedFrom: params.closedFrom }),
    ...(text && { text }),
    ...(params.from !== null && { from: params.from }),
    ...(params.to !== null && { to: params.to }),
    sort: params.sort,
  }
}
export type AlarmFilter = ReturnType<typeof toAlarmFilter>

/** True when the address narrows the list beyond its status tab. */
export const isNarrowed = (params: AlarmsSearchParams): boolean =>
  params.severity.length > 0 ||
  params.detector.length > 0 ||
  [params.zone, params.source, params.technique, params.hostId, params.host, params.user, params.tool, params.owner, params.text].some(
    (value) => value !== null && value !== '',
  ) ||
  params.closedFrom !== null ||
  params.from !== null ||
  params.to !== null

/** Every narrowing filter taken away; status and sort stay. */
export const NO_NARROWING = {
  severity: null,
  detector: null,
  zone: null,
  source: null,
  technique: null,
  hostId: null,
  host: null,
  user: null,
  tool: null,
  owner: null,
  closedFrom: null,
  text: null,
  from: null,
  to: null,
} as const

/** The parameters of a saved query string; what it does not know or cannot read is left out. */
export function readAlarmsSearch(search: string): Partial<AlarmsSearchParams> {
  const params = loadAlarmsSearchParams(new URLSearchParams(search))
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)))
}
