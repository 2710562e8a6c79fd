import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from './address'
import { typeOfNumber } from './dns-codes'
import { numberField, textField } from './document-fields'
import type { ParsedProcess } from './format'
import type { JsonObject } from './json-records'
import type { Mapped } from './mapped'
import { baseName, identityOf, splitUser } from './process-identity'
import { isoTime, plausible, type ReadTime } from './timestamps'

export const SYSMON = 'Microsoft-Windows-Sysmon'
export const SECURITY = 'Microsoft-Windows-Security-Auditing'

/** A Windows event whose data no pipeline has mapped yet. */
export interface WindowsEvent {
  readonly provider: string
  readonly code: string
  /** `EventData`: names as Windows gives them. */
  readonly data: JsonObject
  /** When the event was written, by its own envelope. */
  readonly created: ReadTime
  readonly hostId: string | null
  readonly hostName: string | null
  readonly hostIps: readonly string[]
  readonly sensor: string | null
  readonly format: string
  readonly recordNo: number
  readonly nowMs: number
}

/** Maps Sysmon 1 and 22 and Security 4688; other events are skipped. */
export function mapWindowsEvent(event: WindowsEvent): Mapped {
  const { provider, code } = event
  const kind = provider === SYSMON ? code : provider === SECURITY && code === '4688' ? code : 'other'
  if (kind !== '1' && kind !== '22' && kind !== '4688') return { skip: 'other-event' }
  const time = plausible(eventTime(event), event.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the event has no usable time (${time})` }
  if (kind === '22') return mapQuery(event, time.at)
  return { event: kind === '1' ? mapSysmonStart(event, time.at) : mapSecurityStart(event, time.at) }
}

/** Outer times of forwarded events can be hours off; Sysmon's own UtcTime is not. */
function eventTime(event: WindowsEvent): ReadTime {
  const utcTime = event.provider === SYSMON ? textField(event.data, 'UtcTime') : null
  const own = utcTime === null ? 'no-timestamp' : isoTime(utcTime, 'utc')
  return typeof own === 'string' ? event.created : own
}

function mapSysmonStart(event: WindowsEvent, at: number): ParsedProcess {
  const { data } = event
  const user = splitUser(textField(data, 'User'))
  return {
    ...startOf(event, at, 'Process creation'),
    user: { ...user, id: null },
    process: {
      ...identityOf({
        name: null,
        executable: textField(data, 'Image'),
        args: [],
        commandLine: textField(data, 'CommandLine'),
        pid: numberField(data, 'ProcessId'),
        entityId: textField(data, 'ProcessGuid'),
      }),
      originalFileName: textField(data, 'OriginalFileName'),
    },
    parent: identityOf({
      name: null,
      executable: textField(data, 'ParentImage'),
      args: [],
      commandLine: textField(data, 'ParentCommandLine'),
      pid: numberField(data, 'ParentProcessId'),
      entityId: entityOf(textField(data, 'ParentProcessGuid')),
    }),
  }
}

/** In 4688 `ProcessId` is the creator's; both ids are hexadecimal text. */
function mapSecurityStart(event: WindowsEvent, at: number): ParsedProcess {
  const { data } = event
  const target = textField(data, 'TargetUserName')
  const who = target === null ? 'Subject' : 'Target'
  const id = textField(data, `${who}UserSid`)
  return {
    ...startOf(event, at, 'created-process'),
    user: {
      name: target ?? textField(data, 'SubjectUserName'),
      domain: textField(data, `${who}DomainName`),
      id: id === 'S-1-0-0' ? null : id,
    },
    process: {
      ...identityOf({
        name: null,
        executable: textField(data, 'NewProcessName'),
        args: [],
        commandLine: textField(data, 'CommandLine'),
        pid: numberField(data, 'NewProcessId'),
        entityId: null,
      }),
      originalFileName: null,
    },
    parent: identityOf({
      name: null,
      executable: textField(data, 'ParentProcessName'),
      args: [],
      commandLine: null,
      pid: numberField(data, 'ProcessId'),
      entityId: null,
    }),
  }
}

const startOf = (event: WindowsEvent, at: number, action: string) => ({
  kind: 'process' as const,
  at,
  timeQuality: 'exact' as const,
  category: ['process'],
  type: ['start'],
  action,
  hostId: event.hostId,
  hostName: event.hostName,
  hostIps: event.hostIps,
  sensor: event.sensor,
  format: event.format,
  recordNo: event.recordNo,
})

/** An all-zero GUID means that the parent is unknown. */
const entityOf = (guid: string | null): string | null => (guid !== null && /[1-9a-f]/i.test(guid) ? guid : null)

function mapQuery(event: WindowsEvent, at: number): Mapped {
  const { data } = event
  const text = textField(data, 'QueryName')
  if (text === null) return { skip: 'no-name' }
  const name = nameFromText(text, 'none')
  const rcode = rcodeOfStatus(textField(data, 'QueryStatus'))
  const answers = queryResults(textField(data, 'QueryResults'))
  return {
    event: {
      kind: 'dns',
      at,
      timeQuality: 'exact',
      source: event.hostName?.toLowerCase() ?? null,
      clientIp: null,
      clientPort: null,
      serverIp: null,
      serverPort: null,
      transport: null,
      transactionId: null,
      qname: name.qname,
      qnameRaw: name.qnameRaw,
      qnameLossy: name.lossy,
      qtype: null,
      rcode,
      answers,
      answerCount: rcode === null && answers.length === 0 ? null : answers.length,
      queryBytes: null,
      responseBytes: null,
      hostId: event.hostId,
      hostName: event.hostName,
      userName: splitUser(textField(data, 'User')).name,
      processName: baseName(textField(data, 'Image')),
      sensor: event.sensor,
      scope: 'client',
      attempts: 1,
      format: event.format,
      recordNo: event.recordNo,
      role: 'both',
    },
  }
}

const RCODE_OF_STATUS: ReadonlyMap<string, string> = new Map([
  ['0', 'NOERROR'],
  ['SUCCESS', 'NOERROR'],
  ['9001', 'FORMERR'],
  ['DNS_ERROR_RCODE_FORMAT_ERROR', 'FORMERR'],
  ['9002', 'SERVFAIL'],
  ['DNS_ERROR_RCODE_SERVER_FAILURE', 'SERVFAIL'],
  ['9003', 'NXDOMAIN'],
  ['DNS_ERROR_RCODE_NAME_ERROR', 'NXDOMAIN'],
  ['9004', 'NOTIMP'],
  ['DNS_ERROR_RCODE_NOT_IMPLEMENTED', 'NOTIMP'],
  ['9005', 'REFUSED'],
  ['DNS_ERROR_RCODE_REFUSED', 'REFUSED'],
  // No records of the type asked for: an answer without error and without data.
  ['9501', 'NOERROR'],
  ['DNS_INFO_NO_RECORDS', 'NOERROR'],
])

/** Response code of a Win32 status, by number or name; null for time-outs, cache checks and everything local. */
export const rcodeOfStatus = (status: string | null): string | null => (status === null ? null : (RCODE_OF_STATUS.get(status) ?? null))

const MAX_RESULTS = 64
const TYPED_RESULT = /^type: {1,4}(\d{1,5}) (.*)$/

/** `type:  5 name;::ffff:192.0.2.1;` as answers: typed records by number, anything else an address. */
export function queryResults(text: string | null): DnsAnswer[] {
  if (text === null) return []
  const answers: DnsAnswer[] = []
  for (const result of text.split(';', MAX_RESULTS)) {
    const [, number, data] = TYPED_RESULT.exec(result) ?? []
    const address = number === undefined ? canonicalIp(result) : null
    if (number !== undefined && data !== undefined) {
      answers.push({ name: null, type: typeOfNumber(Number(number)), ttlSeconds: null, data: data.slice(0, 1024), bytes: null })
    } else if (address !== null) answers.push(addressAnswer(address))
  }
  return answers
}

export function addressAnswer(address: string): DnsAnswer {
  const isV6 = address.includes(':')
  return { name: null, type: isV6 ? 'AAAA' : 'A', ttlSeconds: null, data: address, bytes: isV6 ? 16 : 4 }
}
