import type { DnsAnswer, DnsTransport } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from './address'
import { characterStrings, displayText } from './dns-record-data'
import type { FormatSink, ParsedDns } from './format'
import { octetsOf } from './hex-escapes'
import { rejectOf } from './line-reader'
import { scopeOfPorts } from './scope'
import { plausible, type ReadTime } from './timestamps'

const MAX_ANSWERS = 64

/** One row of Zeek's dns.log, from either writer; null where the row has no value. */
export interface ZeekRow {
  readonly time: ReadTime
  readonly clientIp: string | null
  readonly clientPort: number | null
  readonly serverIp: string | null
  readonly serverPort: number | null
  readonly transport: string | null
  readonly transactionId: number | null
  readonly query: string | null
  readonly originalQuery: string | null
  readonly qtype: string | null
  readonly rcode: string | null
  readonly answers: readonly string[] | null
  readonly ttls: readonly (number | null)[]
  readonly truncated: boolean
  readonly sensor: string | null
}

export interface RowPlace {
  readonly format: string
  readonly recordNo: number
  readonly nowMs: number
  /** The row as it came, for a reject, and the header it needs. */
  readonly text: () => string
  readonly preamble: string
}

/** Maps a row and hands it on; a row without a time is rejected, one without a name skipped. */
export function acceptZeekRow(row: ZeekRow, place: RowPlace, sink: FormatSink): void {
  const { recordNo } = place
  if (row.query === null) {
    sink.skip('no-name')
    return
  }
  const time = plausible(row.time, place.nowMs)
  if (typeof time === 'string') {
    sink.reject(rejectOf(time, recordNo, `ts is no usable time (${time})`, place.text(), place.preamble))
    return
  }
  const clientIp = row.clientIp === null ? null : canonicalIp(row.clientIp)
  if (clientIp === null) {
    sink.reject(rejectOf('no-client', recordNo, 'id.orig_h is not an IP address', place.text(), place.preamble))
    return
  }
  sink.event(toEvent(row, time.at, clientIp, place))
}

function toEvent(row: ZeekRow, at: number, clientIp: string, place: RowPlace): ParsedDns {
  const name = nameFromText(row.query ?? '', 'hex')
  // Zeek lower-cases `query`; a policy script keeps what was asked beside it.
  const raw = row.originalQuery === null ? name.qnameRaw : nameFromText(row.originalQuery, 'hex').qnameRaw
  // A row without rcode is a query nobody answered; one without qtype an answer whose query was not seen.
  const answered = row.rcode !== null || row.answers !== null
  return {
    kind: 'dns',
    at,
    timeQuality: 'exact',
    source: clientIp,
    clientIp,
    clientPort: row.clientPort,
    serverIp: row.serverIp === null ? null : canonicalIp(row.serverIp),
    serverPort: row.serverPort,
    transport: transportOf(row.transport),
    transactionId: row.transactionId,
    qname: name.qname,
    qnameRaw: raw,
    qnameLossy: name.lossy,
    qtype: row.qtype,
    rcode: row.rcode,
    answers:
      row.answers === null ? NO_ANSWERS : row.answers.slice(0, MAX_ANSWERS).map((data, index) => zeekAnswer(data, row.ttls[index] ?? null)),
    answerCount: row.answers === null ? (answered ? 0 : null) : row.answers.length,
    queryBytes: null,
    responseBytes: null,
    hostId: null,
    hostName: null,
    userName: null,
    processName: null,
    sensor: row.sensor,
    scope: scopeOfPorts(row.clientPort, row.serverPort),
    attempts: 1,
    format: place.format,
    recordNo: place.recordNo,
    role: !answered ? 'query' : row.qtype === null ? 'response' : 'both',
    truncated: row.truncated && answered,
  }
}

const NO_ANSWERS: readonly DnsAnswer[] = []

const transportOf = (text: string | null): DnsTransport | null => (text === 'udp' || text === 'tcp' ? text : null)

/** Zeek logs no answer types: an address says its own, `TXT n text` too, any other name could be of several. */
function zeekAnswer(text: string, ttlSeconds: number | null): DnsAnswer {
  const data = octetsOf(text)
  if (data.startsWith('TXT ')) {
    const strings = txtStrings(data)
    const bytes = strings.reduce((sum, text) => sum + text.length + 1, 0)
    return { name: null, type: 'TXT', ttlSeconds, data: characterStrings(strings), bytes }
  }
  const address = canonicalIp(data)
  if (address !== null) {
    const isV6 = address.includes(':')
    return { name: null, type: isV6 ? 'AAAA' : 'A', ttlSeconds, data: address, bytes: isV6 ? 16 : 4 }
  }
  return { name: null, type: null, ttlSeconds, data: displayText(data), bytes: null }
}

/** `TXT 3 abc TXT 2 de` holds two strings; the lengths say where one ends, so text that looks like the marker is safe. */
function txtStrings(data: string): string[] {
  const strings: string[] = []
  let at = 0
  while (data.startsWith('TXT ', at) && strings.length < 256) {
    const space = data.indexOf(' ', at + 4)
    const length = space < 0 ? Number.NaN : Number(data.slice(at + 4, space))
    if (!Number.isInteger(length) || length < 0) return strings.length > 0 ? strings : [data.slice(4)]
    strings.push(data.slice(space + 1, space + 1 + length))
    at = space + 1 + length + 1
  }
  return strings
}
