import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { answerFromText } from '../answer-text'
import { canonicalType, rcodeOfNumber } from '../dns-codes'
import { firstText, numberField, textField } from '../document-fields'
import { isObject, type JsonObject } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { baseName } from '../process-identity'
import { scopeOfPorts } from '../scope'

const MAX_ANSWERS = 64
const QUERY = 1
const RESPONSE = 2

/** Maps a DNS Activity: a query, a response, or both in one (6, Traffic). */
export function mapActivity(record: JsonObject, at: number, place: RecordPlace): Mapped {
  const name = textField(record, 'query.hostname')
  if (name === null) return { skip: 'no-name' }
  const clientIp = canonicalIp(textField(record, 'src_endpoint.ip') ?? '')
  const hostName = firstText(record, 'src_endpoint.hostname', 'device.hostname')
  if (clientIp === null && hostName === null) return { reject: 'no-client', detail: 'src_endpoint names neither an address nor a host' }
  const activity = numberField(record, 'activity_id')
  const rcode = activity === QUERY ? null : rcodeOf(record)
  const listed = Array.isArray(record.answers) ? record.answers.filter(isObject) : isObject(record.answers) ? [record.answers] : null
  const serverPort = portOf(textField(record, 'dst_endpoint.port'))
  const clientPort = portOf(textField(record, 'src_endpoint.port'))
  const transport = textField(record, 'connection_info.protocol_name')?.toLowerCase()
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at,
      source: clientIp ?? hostName?.toLowerCase() ?? null,
      clientIp,
      clientPort,
      serverIp: canonicalIp(textField(record, 'dst_endpoint.ip') ?? ''),
      serverPort,
      transport: transport === 'udp' || transport === 'tcp' ? transport : null,
      transactionId: numberField(record, 'query.packet_uid') ?? numberField(record, 'transaction_id'),
      qtype: canonicalType(textField(record, 'query.type')),
      rcode,
      answers: (listed ?? []).slice(0, MAX_ANSWERS).map((answer) =>
        answerFromText({
          type: textField(answer, 'type'),
          data: textField(answer, 'rdata') ?? '',
          ttlSeconds: numberField(answer, 'ttl'),
        }),
      ),
      answerCount: rcode === null ? null : (listed?.length ?? null),
      hostId: firstText(record, 'src_endpoint.instance_uid', 'device.uid'),
      hostName,
      userName: textField(record, 'actor.user.name'),
      processName: textField(record, 'actor.process.name') ?? baseName(textField(record, 'actor.process.file.path')),
      sensor: firstText(record, 'metadata.product.name', 'metadata.product.vendor_name'),
      scope: scopeOfPorts(clientPort, serverPort),
      format: 'ocsf',
      recordNo: place.recordNo,
      role: activity === QUERY ? 'query' : activity === RESPONSE ? 'response' : 'both',
    }),
  }
}

/** The number is the schema's; the text is as the product wrote it. */
function rcodeOf(record: JsonObject): string | null {
  const id = numberField(record, 'rcode_id')
  // 99 is the schema's "other".
  if (id !== null && id !== 99) return rcodeOfNumber(id)
  return textField(record, 'rcode')?.toUpperCase() ?? null
}
