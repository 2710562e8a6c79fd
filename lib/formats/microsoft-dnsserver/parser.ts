import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { rcodeOfNumber, typeOfNumber } from '../dns-codes'
import { readDnsMessage } from '../dns-message'
import { firstText, numberField, textField } from '../document-fields'
import { DocumentLogParser } from '../document-log'
import type { LogFormat } from '../format'
import { type JsonObject, unwrapEnvelope } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { isoTime, plausible } from '../timestamps'

const PROVIDER = 'Microsoft-Windows-DNSServer'

/** The analytical log of Windows DNS Server, as Elastic's integration ships it. */
export const microsoftDnsserver: LogFormat = {
  id: 'microsoft-dnsserver',
  title: 'Windows DNS Server analytical log (JSON)',
  endings: ['.json', '.ndjson', '.json.gz', '.ndjson.gz'],
  expects: 'JSON objects with `event.provider` Microsoft-Windows-DNSServer and `winlog.event_data.QNAME`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isServerEvent) !== null),
  createParser: (sink, options) => new DocumentLogParser({ fits: isServerEvent, map }, sink, options),
}

const isServerEvent = (record: JsonObject): boolean => firstText(record, 'event.provider', 'winlog.provider_name') === PROVIDER

/** What each event is: 256 asked, 257 and 258 answered, 259 ignored, 260 to 262 the server's own questions. */
const KINDS: ReadonlyMap<string, { readonly role: 'query' | 'response'; readonly scope: 'client' | 'upstream' }> = new Map([
  ['256', { role: 'query', scope: 'client' }],
  ['257', { role: 'response', scope: 'client' }],
  ['258', { role: 'response', scope: 'client' }],
  ['259', { role: 'query', scope: 'client' }],
  ['260', { role: 'query', scope: 'upstream' }],
  ['261', { role: 'response', scope: 'upstream' }],
  ['262', { role: 'query', scope: 'upstream' }],
])
const PACKET = /^(?:0x)?([0-9A-Fa-f]{24,})$/

function map(record: JsonObject, place: RecordPlace): Mapped {
  const kind = KINDS.get(firstText(record, 'event.code', 'winlog.event_id') ?? '')
  if (kind === undefined) return { skip: 'other-event' }
  const data = (name: string): string | null => textField(record, `winlog.event_data.${name}`)
  const qname = data('QNAME')
  if (qname === null) return { skip: 'no-name' }
  const time = plausible(isoTime(textField(record, '@timestamp') ?? ''), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `@timestamp is no usable time (${time})` }
  const isClients = kind.scope === 'client'
  const peer = canonicalIp(
    data(kind.role === 'response' && isClients ? 'Destination' : 'Source') ?? data('Destination') ?? data('Source') ?? '',
  )
  const own = canonicalIp(data('InterfaceIP') ?? '')
  const isResponse = kind.role === 'response'
  const hex = isResponse ? PACKET.exec(data('PacketData') ?? '')?.[1] : undefined
  const packet = hex === undefined ? null : Buffer.from(hex, 'hex')
  const message = packet === null ? null : readDnsMessage(packet, 0, packet.length)
  const answered = message !== null && typeof message === 'object' ? message : null
  const rcode = numberField(record, 'winlog.event_data.RCODE')
  const type = numberField(record, 'winlog.event_data.QTYPE')
  const size = numberField(record, 'winlog.event_data.BufferSize')
  const tcp = data('TCP')
  return {
    event: lookupOf(nameFromText(qname, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      clientIp: isClients ? peer : null,
      clientPort: isClients ? portOf(data('Port')) : null,
      serverIp: isClients ? own : peer,
      transport: tcp === null ? null : tcp === '1' ? 'tcp' : 'udp',
      transactionId: numberField(record, 'winlog.event_data.XID'),
      qtype: type === null ? null : typeOfNumber(type),
      rcode: isResponse && rcode !== null ? rcodeOfNumber(rcode) : null,
      answers: answered?.answers ?? [],
      answerCount: answered?.answerCount ?? null,
      queryBytes: isResponse ? null : size,
      responseBytes: isResponse ? size : null,
      sensor: firstText(record, 'host.name', 'winlog.computer_name', 'agent.name'),
      scope: kind.scope,
      format: 'microsoft-dnsserver',
      recordNo: place.recordNo,
      role: kind.role,
    }),
  }
}
