import type Database from 'better-sqlite3'
import type { CountedLookup, DnsAnswer, DnsEvent, DnsScope, DnsTransport } from '@/lib/domain/dns-event'
import { type Cell, columnNames, number, numberOrNull, type Row, TIME_QUALITIES, text, textOrNull } from './event-row'

// Closed sets are stored as the position in their list; the order is part of the file format, so new members go to the end.
const SCOPES: readonly DnsScope[] = ['client', 'upstream', 'local-multicast']
const TRANSPORTS: readonly DnsTransport[] = ['udp', 'tcp', 'dot', 'doh', 'doq']

/**
 * Columns of `dns_event`: what is tallied, searched or counted has one of its own, the others share `rest`, because binding
 * a value costs as much as storing it. `zone` (registered domain or NULL) and `intake_no` belong to the store.
 */
export const DNS_COLUMNS = [
  ['at', 'INTEGER NOT NULL'],
  ['id', 'INTEGER NOT NULL'],
  ['zone', 'TEXT'],
  ['source', 'TEXT'],
  ['qname', 'TEXT NOT NULL'],
  ['qtype', 'TEXT'],
  ['rcode', 'TEXT'],
  ['scope', 'INTEGER NOT NULL'],
  ['intake_no', 'INTEGER NOT NULL'],
  ['format', 'TEXT NOT NULL'],
  ['rest', 'TEXT NOT NULL'],
  ['query_bytes', 'INTEGER'],
  ['response_bytes', 'INTEGER'],
  ['qname_raw', 'TEXT'],
  ['host_id', 'TEXT'],
  ['host_name', 'TEXT'],
  ['user_name', 'TEXT'],
  ['process_name', 'TEXT'],
  ['sensor', 'TEXT'],
] as const
/** From here on most logs leave a column empty. */
export const FIRST_OPTIONAL = 11

/** `rest` of a row that was written when each of its values had a column (`user_version` 0). */
export const REST_OF_OLD = `json_array(time_quality, transport, qname_lossy, attempts, client_port, server_port, transaction_id,
  record_no, answer_count, client_ip, server_ip, json(answers))`

/** Value of `user_version` in a segment whose lookups have `rest`. */
export const SEGMENT_VERSION = 2
export const versionOf = (db: Database.Database): number => Number(db.pragma('user_version', { simple: true }))

/** What to select for `fromDnsRow`, in segments of any age. */
export const lookupColumns = (db: Database.Database): string =>
  versionOf(db) >= SEGMENT_VERSION
    ? columnNames(DNS_COLUMNS)
    : DNS_COLUMNS.map(([name]) => (name === 'rest' ? `${REST_OF_OLD} AS rest` : name)).join(', ')

/** In place of the client's address: the same text as `source`, which most rows would hold twice. */
const SAME = '='

type Rest = readonly [
  timeQuality: number,
  transport: number | null,
  qnameLossy: 0 | 1,
  attempts: number,
  clientPort: number | null,
  serverPort: number | null,
  transactionId: number | null,
  recordNo: number,
  answerCount: number | null,
  clientIp: string | null,
  serverIp: string | null,
  answers: readonly (readonly [string | null, string | null, number | null, string, number | null])[] | null,
]

/** JSON by hand: a third of the time that `JSON.stringify` takes for an array made for it. */
function restOf(event: DnsEvent): string {
  const { clientIp } = event
  return `${beginningOf(event)}${event.clientPort},${event.serverPort},${event.transactionId},${event.recordNo},${event.answerCount},${
    clientIp !== null && clientIp === event.source ? '"="' : quoted(clientIp)
  },${quoted(event.serverIp)},${answersText(event.answers)}]`
}

/** Beginnings of `rest` by what they say: of most logs every row has the same one. */
const beginnings: string[] = []
const MAX_ATTEMPTS = 8

function beginningOf({ timeQuality, transport, qnameLossy, attempts }: DnsEvent): string {
  const quality = TIME_QUALITIES.indexOf(timeQuality)
  const carrier = transport === null ? null : TRANSPORTS.indexOf(transport)
  const lossy = qnameLossy ? 1 : 0
  const written = (): string => `[${quality},${carrier},${lossy},${attempts},`
  if (!Number.isInteger(attempts) || attempts < 0 || attempts >= MAX_ATTEMPTS) return written()
  const key = ((quality * (TRANSPORTS.length + 1) + (carrier ?? TRANSPORTS.length)) * 2 + lossy) * MAX_ATTEMPTS + attempts
  beginnings[key] ??= written()
  return beginnings[key]
}

/** No sign that JSON escapes; addresses and names mostly. */
const PLAIN = /^[ !#-[\]-~]*$/
const quoted = (value: string | null): string => (value === null ? 'null' : PLAIN.test(value) ? `"${value}"` : JSON.stringify(value))

function answersText(answers: readonly DnsAnswer[]): string {
  if (answers.length === 0) return 'null'
  let written = '['
  for (let at = 0; at < answers.length; at++) {
    const answer = answers[at]
    if (answer === undefined) continue
    written += `${at === 0 ? '[' : ',['}${quoted(answer.name)},${quoted(answer.type)},${answer.ttlSeconds},${quoted(answer.data)},${answer.bytes}]`
  }
  return `${written}]`
}

/** Fills `cells` with the row of a lookup, columns in order. */
export function writeDnsRow(cells: Cell[], event: DnsEvent, zone: string | null, intakeNo: number): void {
  cells[0] = event.at
  cells[1] = event.id
  cells[2] = zone
  cells[3] = event.source
  cells[4] = event.qname
  cells[5] = event.qtype
  cells[6] = event.rcode
  cells[7] = SCOPES.indexOf(event.scope)
  cells[8] = intakeNo
  cells[9] = event.format
  cells[10] = restOf(event)
  cells[11] = event.queryBytes
  cells[12] = event.responseBytes
  cells[13] = event.qnameRaw
  cells[14] = event.hostId
  cells[15] = event.hostName
  cells[16] = event.userName
  cells[17] = event.processName
  cells[18] = event.sensor
}

export function fromDnsRow(row: Row): DnsEvent {
  const source = textOrNull(row[3])
  // Written by `restOf`, or by SQLite from columns of the same types.
  const rest = JSON.parse(text(row[10])) as Rest
  const [timeQuality, transport, qnameLossy, attempts, clientPort, serverPort, transactionId, recordNo, answerCount, clientIp] = rest
  return {
    kind: 'dns',
    at: number(row[0]),
    id: number(row[1]),
    timeQuality: TIME_QUALITIES[timeQuality] ?? 'exact',
    source,
    clientIp: clientIp === SAME ? source : clientIp,
    clientPort,
    serverIp: rest[10],
    serverPort,
    transport: transport === null ? null : (TRANSPORTS[transport] ?? null),
    transactionId,
    qname: text(row[4]),
    qnameRaw: textOrNull(row[13]),
    qnameLossy: qnameLossy === 1,
    qtype: textOrNull(row[5]),
    rcode: textOrNull(row[6]),
    answers: answersFrom(rest[11]),
    answerCount,
    queryBytes: numberOrNull(row[11]),
    responseBytes: numberOrNull(row[12]),
    hostId: textOrNull(row[14]),
    hostName: textOrNull(row[15]),
    userName: textOrNull(row[16]),
    processName: textOrNull(row[17]),
    sensor: textOrNull(row[18]),
    scope: SCOPES[number(row[7])] ?? 'client',
    attempts,
    format: text(row[9]),
    recordNo,
  }
}

const NO_ANSWERS: readonly DnsAnswer[] = []

const answersFrom = (answers: Rest[11]): readonly DnsAnswer[] =>
  answers === null ? NO_ANSWERS : answers.map(([name, type, ttlSeconds, data, bytes]) => ({ name, type, ttlSeconds, data, bytes }))

/** Columns of `CountedLookup` in row order; segments of every age have them. */
export const COUNTED_COLUMNS = 'at, id, source, zone, qname, qtype, rcode, query_bytes, response_bytes, qname_raw'
export const IS_COUNTED = `scope = ${SCOPES.indexOf('client')} AND source IS NOT NULL AND zone IS NOT NULL`

export function fromCountedRow(row: Row): CountedLookup {
  return {
    kind: 'dns',
    at: number(row[0]),
    id: number(row[1]),
    source: text(row[2]),
    zone: text(row[3]),
    qname: text(row[4]),
    qtype: textOrNull(row[5]),
    rcode: textOrNull(row[6]),
    queryBytes: numberOrNull(row[7]),
    responseBytes: numberOrNull(row[8]),
    qnameRaw: textOrNull(row[9]),
  }
}
