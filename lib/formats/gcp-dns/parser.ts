import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { answerFromText } from '../answer-text'
import { canonicalType } from '../dns-codes'
import { firstText, textField } from '../document-fields'
import { DocumentLogParser } from '../document-log'
import type { LogFormat } from '../format'
import { isObject, type JsonObject, unwrapEnvelope } from '../json-records'
import { lookupOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseDocuments } from '../recognise-documents'
import { isoTime, plausible } from '../timestamps'

const MAX_ANSWERS = 64

/** Google Cloud DNS query log, as Cloud Logging exports it. */
export const gcpDns: LogFormat = {
  id: 'gcp-dns',
  title: 'Google Cloud DNS query log',
  endings: ['.json', '.log', '.json.gz'],
  expects: 'JSON objects with `jsonPayload.queryName` and `timestamp`',
  recognise: (head) => recogniseDocuments(head, (record) => unwrapEnvelope(record, isQuery) !== null),
  createParser: (sink, options) => new DocumentLogParser({ fits: isQuery, map }, sink, options),
}

const isQuery = (record: JsonObject): boolean =>
  isObject(record.jsonPayload) && (record.jsonPayload.queryName !== undefined || String(record.logName).endsWith('dns_queries'))

function map(record: JsonObject, place: RecordPlace): Mapped {
  const name = textField(record, 'jsonPayload.queryName')
  if (name === null) return { skip: 'no-name' }
  const time = plausible(isoTime(textField(record, 'timestamp') ?? ''), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `timestamp is no usable time (${time})` }
  const clientIp = canonicalIp(textField(record, 'jsonPayload.sourceIP') ?? '')
  const hostName = textField(record, 'jsonPayload.vmInstanceName')
  const rcode = textField(record, 'jsonPayload.responseCode')
  const answers = answersOf(textField(record, 'jsonPayload.rdata'))
  const transport = textField(record, 'jsonPayload.protocol')?.toLowerCase()
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      source: clientIp ?? hostName?.toLowerCase() ?? null,
      clientIp,
      serverIp: canonicalIp(textField(record, 'jsonPayload.destinationIP') ?? ''),
      transport: transport === 'udp' || transport === 'tcp' ? transport : null,
      qtype: canonicalType(textField(record, 'jsonPayload.queryType')),
      rcode: rcode?.toUpperCase() ?? null,
      answers: answers.listed,
      answerCount: answers.isCut || rcode === null ? null : answers.listed.length,
      hostId: firstText(record, 'jsonPayload.vmInstanceIdString', 'jsonPayload.vmInstanceId'),
      hostName,
      sensor: firstText(record, 'resource.labels.project_id', 'jsonPayload.vmProjectId'),
      format: 'gcp-dns',
      recordNo: place.recordNo,
    }),
  }
}

/** Zone-file lines; the service cuts the text after 260 bytes and ends it with dots, so the last line cannot be trusted then. */
function answersOf(rdata: string | null): { readonly listed: readonly DnsAnswer[]; readonly isCut: boolean } {
  if (rdata === null) return { listed: [], isCut: false }
  const isCut = rdata.endsWith('...')
  const lines = rdata.split('\n', MAX_ANSWERS)
  const listed = lines.flatMap((line) => {
    const [name, ttl, , type, ...data] = line.split('\t')
    if (name === undefined || type === undefined || !/^\d{1,10}$/.test(ttl ?? '')) return []
    return [answerFromText({ name, ttlSeconds: Number(ttl), type, data: data.join('\t') })]
  })
  return { listed, isCut }
}
