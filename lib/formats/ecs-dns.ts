import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from './address'
import { canonicalType } from './dns-codes'
import { field, firstText, listField, numberField, textField } from './document-fields'
import type { ParsedDns } from './format'
import { isObject, type JsonObject } from './json-records'
import { baseName } from './process-identity'
import { scopeOfPorts } from './scope'
import { addressAnswer, rcodeOfStatus } from './windows-event'

const MAX_ANSWERS = 64

/** Elastic Defend puts the type of a lookup into its message only: `... for the name X type 28`. */
const DEFEND_MESSAGE = /^DNS query is \w+ for the name (\S{1,1024}) type (\d{1,5})/

export interface DocumentPlace {
  readonly format: string
  readonly recordNo: number
}

/** Name a DNS document asks for; null when it asks for none. */
export function questionOf(document: JsonObject): string | null {
  return firstText(document, 'dns.question.name', 'dns.question_name') ?? defendMessage(document)?.name ?? null
}

function defendMessage(document: JsonObject): { name: string; type: string } | null {
  const [, name, type] = DEFEND_MESSAGE.exec(textField(document, 'message') ?? '') ?? []
  return name === undefined || type === undefined ? null : { name, type }
}

/** Is the record of a DNS lookup: `dns.*` also sits on other network events of Elastic Defend. */
export function isLookup(document: JsonObject): boolean {
  const actions = listField(document, 'event.action')
  const isDefend = textField(document, 'event.dataset') === 'endpoint.events.network' || textField(document, 'agent.type') === 'endpoint'
  const saysDns = textField(document, 'network.protocol') === 'dns' || actions.some((action) => action.startsWith('lookup_'))
  return isDefend ? saysDns : saysDns || field(document, 'dns.question') !== undefined || textField(document, 'dns.question.name') !== null
}

/** Maps an ECS document about a lookup: Packetbeat, Elastic Defend, Winlogbeat's Sysmon 22, and shippers like them. */
export function mapEcsLookup(document: JsonObject, question: string, at: number, place: DocumentPlace): ParsedDns {
  const name = nameFromText(question, 'decimal')
  const client = clientOf(document)
  const serverIp = firstText(document, 'server.ip', 'destination.ip')
  const serverPort = portOf(document, 'server.port', 'destination.port')
  const outcome = outcomeOf(document)
  return {
    kind: 'dns',
    at,
    timeQuality: 'exact',
    ...client,
    serverIp: serverIp === null ? null : canonicalIp(serverIp),
    serverPort,
    transport: transportOf(textField(document, 'network.transport')),
    transactionId: numberField(document, 'dns.id'),
    qname: name.qname,
    qnameRaw: name.qnameRaw,
    qnameLossy: name.lossy,
    qtype: canonicalType(textField(document, 'dns.question.type') ?? defendMessage(document)?.type ?? null),
    ...outcome,
    queryBytes: numberField(document, 'client.bytes') ?? numberField(document, 'source.bytes'),
    responseBytes: outcome.role === 'query' ? null : (numberField(document, 'server.bytes') ?? numberField(document, 'destination.bytes')),
    userName: textField(document, 'user.name'),
    processName: textField(document, 'process.name') ?? baseName(textField(document, 'process.executable')),
    sensor: firstText(document, 'agent.name', 'observer.name', 'agent.hostname'),
    scope: scopeOfPorts(client.clientPort, serverPort),
    attempts: 1,
    format: place.format,
    recordNo: place.recordNo,
  }
}

/** `host.*` is the client's only when an endpoint logged its own lookup, or when the client's address is the host's. */
function clientOf(document: JsonObject) {
  const address = firstText(document, 'client.ip', 'source.ip')
  const clientIp = address === null ? null : canonicalIp(address)
  const hostIps = listField(document, 'host.ip').map(canonicalIp)
  const isOwn = clientIp === null ? isEndpoint(document) : hostIps.includes(clientIp) || isEndpoint(document)
  const hostName = isOwn ? firstText(document, 'host.name', 'host.hostname', 'winlog.computer_name') : null
  return {
    source: clientIp ?? hostName?.toLowerCase() ?? null,
    clientIp,
    clientPort: portOf(document, 'client.port', 'source.port'),
    hostId: isOwn ? textField(document, 'host.id') : null,
    hostName,
  }
}

const isEndpoint = (document: JsonObject): boolean =>
  textField(document, 'agent.type') === 'endpoint' ||
  (textField(document, 'event.dataset')?.startsWith('endpoint.events.') ?? false) ||
  field(document, 'winlog') !== undefined ||
  textField(document, 'winlog.event_id') !== null ||
  textField(document, 'event.provider') === 'Microsoft-Windows-Sysmon'

function portOf(document: JsonObject, ...paths: readonly string[]): number | null {
  for (const path of paths) {
    const port = numberField(document, path)
    if (port !== null) return port === 0 ? null : port
  }
  return null
}

const transportOf = (text: string | null): ParsedDns['transport'] => (text === 'udp' || text === 'tcp' ? text : null)

type Outcome = Pick<ParsedDns, 'rcode' | 'answers' | 'answerCount'> & { readonly role: 'query' | 'response' | 'both' }

function outcomeOf(document: JsonObject): Outcome {
  const action = listField(document, 'event.action')
  if (action.includes('lookup_requested') || isUnanswered(document)) return { rcode: null, answers: [], answerCount: null, role: 'query' }
  const answers = answersOf(document)
  const status = firstText(document, 'sysmon.dns.status', 'dns.Ext.status')
  const rcode = textField(document, 'dns.response_code')?.toUpperCase() ?? rcodeOfStatus(status)
  const counted = numberField(document, 'dns.answers_count')
  const answered = rcode !== null || answers.length > 0
  return {
    rcode,
    answers: answers.slice(0, MAX_ANSWERS),
    answerCount: counted ?? (answered ? answers.length : null),
    role: action.includes('lookup_result') ? 'response' : answered ? 'both' : 'query',
  }
}

/** Packetbeat writes the request header's NOERROR even when nobody answered. */
function isUnanswered(document: JsonObject): boolean {
  if (textField(document, 'dns.type') === 'query') return true
  const notes = [...listField(document, 'notes'), ...listField(document, 'error.message')]
  return notes.some((note) => note.toLowerCase().includes('no response'))
}

function answersOf(document: JsonObject): DnsAnswer[] {
  const listed = field(document, 'dns.answers')
  const records = (Array.isArray(listed) ? listed : [listed]).filter(isObject)
  if (records.length > 0) return records.map(answerOf)
  // Kibana's fields API gives each property of the records as a list of its own.
  const types = listField(document, 'dns.answers.type')
  const data = listField(document, 'dns.answers.data')
  if (data.length > 0) return data.map((text, index) => answerOf({ data: text, type: types.length === data.length ? types[index] : null }))
  return listField(document, 'dns.resolved_ip').flatMap((text) => {
    const address = canonicalIp(text)
    return address === null ? [] : [addressAnswer(address)]
  })
}

function answerOf(record: JsonObject): DnsAnswer {
  const data = (textField(record, 'data') ?? '').slice(0, 1024)
  const address = canonicalIp(data)
  const owner = textField(record, 'name')
  return {
    name: owner === null ? null : nameFromText(owner, 'decimal').qname,
    type: canonicalType(textField(record, 'type')) ?? (address === null ? null : addressAnswer(address).type),
    ttlSeconds: numberField(record, 'ttl'),
    data: address ?? data,
    bytes: address === null ? null : addressAnswer(address).bytes,
  }
}
