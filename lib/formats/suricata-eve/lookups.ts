import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import type { ParsedDns } from '../format'
import { isObject, type JsonObject } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { scopeOfPorts } from '../scope'
import { isoTime, plausible } from '../timestamps'
import { answersOf, recordAnswer } from './answers'

const MAX_ANSWERS = 64
const MAX_REMEMBERED = 4_096
/** Version 1 writes the answers of a response one after the other; further apart they are another response's. */
const MAX_OPEN_RESPONSES = 64

/** A version 1 response, one record an answer: what is known of it so far. */
interface OpenResponse {
  readonly event: ParsedDns
  readonly answers: DnsAnswer[]
  count: number
}

/** Maps eve records. Remembers what was asked, because version 1 names the answer's owner in place of the question. */
export class SuricataLookups {
  private asked = new Map<string, Question>()
  private readonly open = new Map<string, OpenResponse>()

  map(record: JsonObject, place: RecordPlace): Mapped {
    const kind = record.event_type
    if (kind !== 'dns' && kind !== 'mdns' && kind !== 'llmnr') return { skip: 'other-event' }
    const dns = record[kind] ?? record.dns
    if (!isObject(dns)) return { reject: 'not-a-lookup', detail: 'the record has no dns object' }
    const time = plausible(typeof record.timestamp === 'string' ? isoTime(record.timestamp) : 'no-timestamp', place.nowMs)
    if (typeof time === 'string') return { reject: time, detail: `timestamp is no usable time (${time})` }
    const isResponse = dns.type === 'answer' || dns.type === 'response'
    const ends = endsOf(record, isResponse)
    if (ends.clientIp === null) return { reject: 'no-client', detail: 'src_ip or dest_ip of the client is not an IP address' }
    const questions = questionsOf(dns)
    if (questions.length === 0) return { skip: 'no-name' }
    const facts = {
      ...ends,
      at: time.at,
      timeQuality: time.quality,
      transactionId: typeof dns.id === 'number' ? dns.id : null,
      sensor: typeof record.host === 'string' ? record.host : null,
      scope: kind === 'dns' ? scopeOfPorts(ends.clientPort, ends.serverPort) : ('local-multicast' as const),
      format: 'suricata-eve',
      recordNo: place.recordNo,
    }
    const events = questions.map((question) => ({
      ...eventOf(question, facts),
      role: isResponse ? ('response' as const) : ('query' as const),
    }))
    const [first] = events
    const [question] = questions
    if (first === undefined || question === undefined) return { skip: 'no-name' }
    if (!isResponse) {
      this.remember(keyOf(first), question)
      return { events }
    }
    const rcode = typeof dns.rcode === 'string' ? dns.rcode.toUpperCase() : null
    const truncated = dns.tc === true
    if (isOneAnswer(dns)) return this.addAnswer(dns, { ...first, rcode, truncated })
    const listed = answersOf(dns)
    const outcome = { rcode, truncated, answers: listed.slice(0, MAX_ANSWERS), answerCount: listed.length }
    return { events: events.map((event) => ({ ...event, ...outcome })) }
  }

  /** Responses still open. */
  rest(): Mapped {
    const events = [...this.open.values()].map(closed)
    this.open.clear()
    return { events }
  }

  private addAnswer(dns: JsonObject, response: ParsedDns): Mapped {
    const key = keyOf(response)
    const question = this.asked.get(key)
    const place = `${key} ${response.at}`
    const open = this.open.get(place)
    if (open) {
      open.count += 1
      if (open.answers.length < MAX_ANSWERS) open.answers.push(recordAnswer(dns))
      return { events: [] }
    }
    const name = question ? nameFromText(question.name, 'hex') : null
    const named = name ? { ...response, qname: name.qname, qnameRaw: name.qnameRaw, qnameLossy: name.lossy } : response
    // Without its query the type of the answer is no sure sign of what was asked for.
    const event = { ...named, qtype: question ? question.type : null }
    this.open.set(place, { event, answers: [recordAnswer(dns)], count: 1 })
    if (this.open.size <= MAX_OPEN_RESPONSES) return { events: [] }
    const [oldest] = this.open
    if (oldest === undefined) return { events: [] }
    this.open.delete(oldest[0])
    return { event: closed(oldest[1]) }
  }

  private remember(key: string, question: Question): void {
    if (this.asked.size >= MAX_REMEMBERED) this.asked = new Map()
    this.asked.set(key, question)
  }
}

interface Question {
  readonly name: string
  readonly type: string | null
  readonly cut: boolean
}

const closed = ({ event, answers, count }: OpenResponse): ParsedDns => ({ ...event, answers, answerCount: count })

const keyOf = (event: ParsedDns): string => `${event.clientIp} ${event.clientPort} ${event.serverIp} ${event.transactionId}`

/** Version 1 has `rdata` or `ttl` beside `rrname`; later versions list answers. */
const isOneAnswer = (dns: JsonObject): boolean =>
  (dns.rdata !== undefined || dns.ttl !== undefined) && dns.answers === undefined && dns.grouped === undefined

function questionsOf(dns: JsonObject): Question[] {
  const listed = Array.isArray(dns.queries) ? dns.queries.filter(isObject).slice(0, MAX_ANSWERS) : [dns]
  return listed.flatMap((question) => {
    if (typeof question.rrname !== 'string') return []
    const type = canonicalType(typeof question.rrtype === 'string' ? question.rrtype : null)
    return [{ name: question.rrname, type, cut: question.rrname_truncated === true }]
  })
}

function eventOf(question: Question, facts: Parameters<typeof lookupOf>[1]): ParsedDns {
  const name = nameFromText(question.name, 'hex')
  return { ...lookupOf(question.cut ? { ...name, lossy: true } : name, facts), qtype: question.type }
}

/**
 * The client sends a request and receives a response; but a flow picked up in the middle can be reversed, and some
 * versions write responses in the direction of the request, so a single port 53 decides.
 */
function endsOf(record: JsonObject, isResponse: boolean) {
  const source = { ip: ipOf(record.src_ip), port: portOf(record.src_port) }
  const target = { ip: ipOf(record.dest_ip), port: portOf(record.dest_port) }
  const isReversed = (source.port === 53) === (target.port === 53) ? isResponse : source.port === 53
  const [client, server] = isReversed ? [target, source] : [source, target]
  return {
    clientIp: client.ip,
    clientPort: client.port,
    serverIp: server.ip,
    serverPort: server.port,
    transport: transportOf(record, server.port),
  }
}

const ipOf = (value: unknown): string | null => (typeof value === 'string' ? canonicalIp(value) : null)

function transportOf(record: JsonObject, serverPort: number | null): ParsedDns['transport'] {
  if (record.app_proto === 'doh2' || record.app_proto === 'http2' || serverPort === 443) return 'doh'
  const proto = typeof record.proto === 'string' ? record.proto.toLowerCase() : null
  return proto === 'udp' || proto === 'tcp' ? proto : null
}
