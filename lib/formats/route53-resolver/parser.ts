import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { answerFromText } from '../answer-text'
import { canonicalType } from '../dns-codes'
import { textField } from '../document-fields'
import { DocumentLogParser } from '../document-log'
import type { LogFormat } from '../format'
import { isObject, type JsonObject, unwrapEnvelope } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { isoTime, plausible } from '../timestamps'

const MAX_ANSWERS = 64

/** Query log of the Amazon Route 53 Resolver. */
export const route53Resolver: LogFormat = {
  id: 'route53-resolver',
  title: 'Amazon Route 53 Resolver query log',
  endings: ['.log', '.json', '.log.gz'],
  expects: 'JSON objects with `query_timestamp`, `query_name` and `srcaddr`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isQuery) !== null),
  createParser: (sink, options) => new DocumentLogParser({ fits: isQuery, map }, sink, options),
}

const isQuery = (record: JsonObject): boolean =>
  record.query_timestamp !== undefined && record.query_name !== undefined && (record.srcaddr !== undefined || record.vpc_id !== undefined)

function map(record: JsonObject, place: RecordPlace): Mapped {
  const name = textField(record, 'query_name')
  if (name === null) return { skip: 'no-name' }
  const time = plausible(isoTime(textField(record, 'query_timestamp') ?? ''), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `query_timestamp is no usable time (${time})` }
  const clientIp = canonicalIp(textField(record, 'srcaddr') ?? '')
  if (clientIp === null) return { reject: 'no-client', detail: 'srcaddr is not an IP address' }
  const answers = answersOf(record.answers)
  const transport = textField(record, 'transport')?.toLowerCase()
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      clientIp,
      clientPort: portOf(record.srcport),
      transport: transport === 'udp' || transport === 'tcp' || transport === 'doh' ? transport : null,
      qtype: canonicalType(textField(record, 'query_type')),
      rcode: textField(record, 'rcode')?.toUpperCase() ?? null,
      answers: answers?.slice(0, MAX_ANSWERS) ?? [],
      answerCount: answers?.length ?? null,
      hostId: textField(record, 'srcids.instance'),
      sensor: textField(record, 'vpc_id') ?? textField(record, 'account_id'),
      format: 'route53-resolver',
      recordNo: place.recordNo,
    }),
  }
}

function answersOf(listed: unknown): DnsAnswer[] | null {
  if (!Array.isArray(listed)) return null
  return listed
    .filter(isObject)
    .map((answer) => answerFromText({ type: textField(answer, 'Type'), data: textField(answer, 'Rdata') ?? '' }))
}
