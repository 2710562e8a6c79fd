import type { DnsTransport } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType, typeOfNumber } from '../dns-codes'
import { firstText, numberField, textField } from '../document-fields'
import type { ParsedDns } from '../format'
import type { JsonObject } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { baseName, splitUser } from '../process-identity'
import { scopeOfPorts } from '../scope'
import { asimTime } from './time'

/** A row of the Dns schema (0.1.7). Question and answer may come as two rows, which share id, client and name. */
export function mapAsimDns(row: JsonObject, place: RecordPlace): Mapped {
  const type = textField(row, 'EventType')
  // A DNS server also logs its zone transfers and updates.
  if (type !== null && !/^(?:Query|lookup)$/i.test(type)) return { skip: 'other-event' }
  const text = textField(row, 'DnsQuery')
  if (text === null) return { skip: 'no-name' }
  const time = asimTime(row, place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the row has no usable time (${time})` }
  const clientIp = canonicalIp(firstText(row, 'SrcIpAddr', 'Src', 'IpAddr') ?? '')
  const hostName = firstText(row, 'SrcHostname', 'SrcFQDN')
  const source = clientIp ?? firstText(row, 'SrcHostname', 'SrcFQDN', 'SrcDvcId')?.toLowerCase() ?? null
  if (source === null) return { reject: 'no-client', detail: 'neither SrcIpAddr nor SrcHostname says who asked' }
  const clientPort = portOf(textField(row, 'SrcPortNumber'))
  const serverPort = portOf(textField(row, 'DstPortNumber'))
  const role = roleOf(row)
  return {
    event: lookupOf(nameFromText(text, 'decimal'), {
      ...time,
      source,
      clientIp,
      clientPort,
      serverIp: canonicalIp(textField(row, 'DstIpAddr') ?? ''),
      serverPort,
      scope: scopeOfPorts(clientPort, serverPort),
      transport: transportOf(textField(row, 'NetworkProtocol')),
      transactionId: transactionIdOf(textField(row, 'TransactionIdHex')),
      qtype: typeOf(row),
      rcode: role === 'query' ? null : rcodeOf(row),
      hostName,
      userName: splitUser(firstText(row, 'SrcUsername', 'User')).name,
      processName: baseName(firstText(row, 'SrcProcessName', 'Process')),
      sensor: firstText(row, 'DvcHostname', 'DvcFQDN', 'Dvc'),
      format: 'microsoft-asim',
      recordNo: place.recordNo,
      role,
    }),
  }
}

/** `response` rows say what became of the question; products that log both at once leave the field empty. */
function roleOf(row: JsonObject): NonNullable<ParsedDns['role']> {
  const sub = textField(row, 'EventSubType')?.toLowerCase() ?? null
  if (sub === 'request') return 'query'
  if (sub === 'response' && textField(row, 'TransactionIdHex') !== null) return 'response'
  return 'both'
}

function typeOf(row: JsonObject): string | null {
  const name = firstText(row, 'DnsQueryTypeName', 'QueryTypeName')
  if (name !== null) return canonicalType(name)
  const number = numberField(row, 'DnsQueryType')
  return number === null ? null : typeOfNumber(number)
}

const RCODE_NAME = /^[A-Z]{2,16}\d{0,5}$/i

/** `NA` is what a normaliser writes when the product does not tell. */
function rcodeOf(row: JsonObject): string | null {
  const code = firstText(row, 'DnsResponseCodeName', 'ResponseCodeName', 'EventResultDetails')?.toUpperCase() ?? null
  return code === null || code === 'NA' || !RCODE_NAME.test(code) ? null : code
}

function transportOf(protocol: string | null): DnsTransport | null {
  const known = protocol?.toLowerCase()
  return known === 'udp' || known === 'tcp' ? known : null
}

/** Hexadecimal, with or without `0x`. */
function transactionIdOf(text: string | null): number | null {
  const digits = text?.replace(/^0x/i, '') ?? ''
  return /^[0-9a-f]{1,4}$/i.test(digits) ? Number.parseInt(digits, 16) : null
}
