import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { answerFromText } from '../answer-text'
import { canonicalType, rcodeOfNumber } from '../dns-codes'
import { firstText, listField, numberField, textField } from '../document-fields'
import { DocumentLogParser } from '../document-log'
import type { LogFormat, ParsedDns } from '../format'
import { type JsonObject, unwrapEnvelope } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { epochTime, isoTime, plausible, type ReadTime } from '../timestamps'

const MAX_ANSWERS = 64

/** Gateway DNS log of Cloudflare Zero Trust, as Logpush delivers it. */
export const cloudflareGateway: LogFormat = {
  id: 'cloudflare-gateway',
  title: 'Cloudflare Gateway DNS log',
  endings: ['.log', '.json', '.log.gz'],
  expects: 'JSON objects with `QueryName` and `ResolverDecision` or `QueryNameReversed`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isQuery) !== null),
  createParser: (sink, options) => new DocumentLogParser({ fits: isQuery, map }, sink, options),
}

const isQuery = (record: JsonObject): boolean =>
  record.QueryName !== undefined && (record.ResolverDecision !== undefined || record.QueryNameReversed !== undefined)

const TRANSPORTS: ReadonlyMap<string, ParsedDns['transport']> = new Map([
  ['udp', 'udp'],
  ['tcp', 'tcp'],
  ['https', 'doh'],
  ['tls', 'dot'],
])

function map(record: JsonObject, place: RecordPlace): Mapped {
  const name = textField(record, 'QueryName')
  if (name === null) return { skip: 'no-name' }
  const time = plausible(timeOf(record.Datetime), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `Datetime is no usable time (${time})` }
  const clientIp = canonicalIp(textField(record, 'SrcIP') ?? '')
  const device = textField(record, 'DeviceID')
  const hostName = textField(record, 'DeviceName')
  const rcode = numberField(record, 'RCode')
  const addresses = listField(record, 'ResolvedIPs')
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      // The address is a whole site's: a device is counted by itself.
      source: device === null ? clientIp : (hostName ?? device).toLowerCase(),
      clientIp,
      clientPort: portOf(record.SrcPort),
      serverIp: canonicalIp(textField(record, 'DstIP') ?? ''),
      serverPort: portOf(record.DstPort),
      transport: TRANSPORTS.get(textField(record, 'Protocol')?.toLowerCase() ?? '') ?? null,
      qtype: canonicalType(firstText(record, 'QueryTypeName', 'QueryType')),
      rcode: rcode === null ? null : rcodeOfNumber(rcode),
      answers: addresses.slice(0, MAX_ANSWERS).map((data): DnsAnswer => answerFromText({ type: null, data })),
      answerCount: addresses.length > 0 ? addresses.length : null,
      queryBytes: numberField(record, 'QuerySize'),
      hostId: device,
      hostName,
      userName: textField(record, 'Email'),
      sensor: textField(record, 'Location'),
      format: 'cloudflare-gateway',
      recordNo: place.recordNo,
    }),
  }
}

/** RFC 3339, or epoch seconds or nanoseconds, as the job was told to write. */
const timeOf = (value: unknown): ReadTime =>
  typeof value === 'number' ? epochTime(value) : typeof value === 'string' ? isoTime(value) : 'no-timestamp'
