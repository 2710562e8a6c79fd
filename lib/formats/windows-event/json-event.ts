import { firstText, textField } from '../document-fields'
import { isObject, type JsonObject, parseJson } from '../json-records'
import { isoTime, type ReadTime } from '../timestamps'
import { SYSMON, type WindowsEvent } from '../windows-event'
import { type EventXml, readEventXml } from './event-xml'

/** What of an event the place it stands in does not tell. */
export type EventFacts = Pick<WindowsEvent, 'provider' | 'code' | 'data' | 'created' | 'hostName' | 'sensor'>

const SENTINEL_TYPES = new Set(['SecurityEvent', 'WindowsEvent', 'Event', 'Syslog'])

/** @returns null for documents that are no Windows event in one of the layouts known. */
export function eventFacts(record: JsonObject): EventFacts | null {
  if (isObject(record.Event) && isObject(record.Event.System)) return fromDump(record.Event, record.Event.System)
  if (typeof record.Type === 'string' && SENTINEL_TYPES.has(record.Type)) return fromSentinel(record, record.Type)
  if (record.EventID !== undefined && (record.SourceName !== undefined || record.ProviderName !== undefined)) return fromFlat(record)
  const raw = rawXml(record)
  return raw === null ? null : fromXml(readEventXml(raw))
}

/** XML inside a shipper's envelope. */
function rawXml(record: JsonObject): string | null {
  const result = isObject(record.result) ? record.result : record
  for (const text of [result._raw, record.event === undefined ? record.message : undefined, record.MESSAGE]) {
    if (typeof text === 'string' && /^\s{0,64}<Event[\s>]/.test(text)) return text
  }
  return null
}

/** Sysmon for Linux writes the same events under a name of its own. */
const providerOf = (name: string | null): string => (name === 'Linux-Sysmon' ? SYSMON : (name ?? ''))

export const fromXml = (xml: EventXml): EventFacts => ({
  provider: providerOf(xml.provider),
  code: xml.code ?? '',
  data: xml.data,
  created: timeOf(xml.created),
  hostName: xml.computer,
  sensor: xml.computer,
})

const timeOf = (text: string | null): ReadTime => isoTime(text ?? '')

/** evtx_dump and what writes like it: attributes under `#attributes`, `X_attributes` or `@Name`. */
function fromDump(event: JsonObject, system: JsonObject): EventFacts {
  const data = isObject(event.EventData) ? event.EventData : isObject(event.UserData) ? event.UserData : {}
  const computer = textField(system, 'Computer')
  return {
    provider: providerOf(attribute(system, 'Provider', 'Name')),
    code: firstText(system, 'EventID', 'EventID.#text') ?? '',
    data: namedData(data),
    created: timeOf(attribute(system, 'TimeCreated', 'SystemTime')),
    hostName: computer,
    sensor: computer,
  }
}

const attribute = (system: JsonObject, element: string, name: string): string | null =>
  firstText(system, `${element}.#attributes.${name}`, `${element}_attributes.${name}`, `${element}.@${name}`, `${element}.${name}`)

/** A converter that keeps `Data` as a list has its names as attributes. */
function namedData(data: JsonObject): JsonObject {
  if (!Array.isArray(data.Data)) return data
  const named = data.Data.filter(isObject).map((item) => [firstText(item, '@Name', '#attributes.Name', 'Name'), textField(item, '#text')])
  return Object.fromEntries(named.filter(([name]) => name !== null))
}

function fromFlat(record: JsonObject): EventFacts {
  const host = firstText(record, 'Hostname', 'Computer', 'MachineName')
  return {
    provider: providerOf(firstText(record, 'SourceName', 'ProviderName')),
    code: textField(record, 'EventID') ?? '',
    data: record,
    created: timeOf(firstText(record, 'TimeCreated', 'EventTime', '@timestamp')),
    hostName: host,
    sensor: host,
  }
}

function fromSentinel(record: JsonObject, type: string): EventFacts | null {
  if (type === 'Syslog') {
    const text = textField(record, 'SyslogMessage')
    // Other messages of syslog are none of Windows' events, but belong to the same export.
    const xml = readEventXml(text?.includes('<Event') ? text : '')
    const facts = fromXml(xml)
    return facts.hostName === null ? { ...facts, hostName: firstText(record, 'Computer', 'HostName') } : facts
  }
  const host = textField(record, 'Computer')
  return {
    provider: providerOf(firstText(record, 'EventSourceName', 'Provider', 'Source')),
    code: textField(record, 'EventID') ?? '',
    data: { ...sentinelData(record.EventData), ...(type === 'SecurityEvent' ? record : {}) },
    created: timeOf(firstText(record, 'TimeGenerated', 'TimeCollected')),
    hostName: host,
    sensor: host,
  }
}

/** `EventData` is XML or JSON in a string. */
function sentinelData(data: unknown): JsonObject {
  if (isObject(data)) return data
  if (typeof data !== 'string') return {}
  const parsed = data.trimStart().startsWith('{') ? parseJson(data) : undefined
  return isObject(parsed) ? parsed : readEventXml(data).data
}
