import type { CountedLookup, DnsAnswer, DnsEvent, DnsScope, DnsTransport, TimeQuality } from '@/lib/domain/dns-event'
import type { ProcessEvent } from '@/lib/domain/process-event'

/** What SQLite gives and takes. */
export type Cell = string | number | null
export type Row = readonly Cell[]

// Closed sets are stored as their position here; the order is part of the file format, so new members go to the end.
const TIME_QUALITIES: readonly TimeQuality[] = ['exact', 'second', 'no-year', 'assumed-zone', 'ingest']
const SCOPES: readonly DnsScope[] = ['client', 'upstream', 'local-multicast']
const TRANSPORTS: readonly DnsTransport[] = ['udp', 'tcp', 'dot', 'doh', 'doq']

/** Columns of `dns_event` in row order; `zone` (registered domain or NULL) and `intake_no` belong to the store. */
export const DNS_COLUMNS = [
  ['at', 'INTEGER NOT NULL'],
  ['id', 'INTEGER NOT NULL'],
  ['zone', 'TEXT'],
  ['intake_no', 'INTEGER NOT NULL'],
  ['time_quality', 'INTEGER NOT NULL'],
  ['source', 'TEXT'],
  ['client_ip', 'TEXT'],
  ['client_port', 'INTEGER'],
  ['server_ip', 'TEXT'],
  ['server_port', 'INTEGER'],
  ['transport', 'INTEGER'],
  ['transaction_id', 'INTEGER'],
  ['qname', 'TEXT NOT NULL'],
  ['qname_raw', 'TEXT'],
  ['qname_lossy', 'INTEGER NOT NULL'],
  ['qtype', 'TEXT'],
  ['rcode', 'TEXT'],
  ['answers', 'TEXT'],
  ['answer_count', 'INTEGER'],
  ['query_bytes', 'INTEGER'],
  ['response_bytes', 'INTEGER'],
  ['host_id', 'TEXT'],
  ['host_name', 'TEXT'],
  ['user_name', 'TEXT'],
  ['process_name', 'TEXT'],
  ['sensor', 'TEXT'],
  ['scope', 'INTEGER NOT NULL'],
  ['attempts', 'INTEGER NOT NULL'],
  ['format', 'TEXT NOT NULL'],
  ['record_no', 'INTEGER NOT NULL'],
] as const

export const PROCESS_COLUMNS = [
  ['at', 'INTEGER NOT NULL'],
  ['id', 'INTEGER NOT NULL'],
  ['intake_no', 'INTEGER NOT NULL'],
  ['time_quality', 'INTEGER NOT NULL'],
  ['category', 'TEXT NOT NULL'],
  ['type', 'TEXT NOT NULL'],
  ['action', 'TEXT'],
  ['host_id', 'TEXT'],
  ['host_name', 'TEXT'],
  ['host_ips', 'TEXT NOT NULL'],
  ['user_name', 'TEXT'],
  ['user_domain', 'TEXT'],
  ['user_id', 'TEXT'],
  ['name', 'TEXT'],
  ['executable', 'TEXT'],
  ['args', 'TEXT NOT NULL'],
  ['command_line', 'TEXT'],
  ['pid', 'INTEGER'],
  ['entity_id', 'TEXT'],
  ['original_file_name', 'TEXT'],
  ['parent_name', 'TEXT'],
  ['parent_executable', 'TEXT'],
  ['parent_args', 'TEXT NOT NULL'],
  ['parent_command_line', 'TEXT'],
  ['parent_pid', 'INTEGER'],
  ['parent_entity_id', 'TEXT'],
  ['sensor', 'TEXT'],
  ['format', 'TEXT NOT NULL'],
  ['record_no', 'INTEGER NOT NULL'],
] as const

type Column = readonly [name: string, type: string]

export const columnNames = (columns: readonly Column[]): string => columns.map(([name]) => name).join(', ')

/** Clustered on (at, id): time order is the file's order, and the same event twice meets its own key. */
export const createTable = (table: string, columns: readonly Column[]): string =>
  `CREATE TABLE IF NOT EXISTS ${table} (${columns.map(([name, type]) => `${name} ${type}`).join(', ')}, PRIMARY KEY (at, id)) STRICT, WITHOUT ROWID`

export const insertInto = (table: string, columns: readonly Column[]): string =>
  `INSERT OR IGNORE INTO ${table} (${columnNames(columns)}) VALUES (${columns.map(() => '?').join(', ')})`

/** In `client_ip`: the same text as `source`, which most rows would hold twice. */
const SAME = '='

const answersText = (answers: readonly DnsAnswer[]): string | null =>
  answers.length === 0
    ? null
    : JSON.stringify(answers.map((answer) => [answer.name, answer.type, answer.ttlSeconds, answer.data, answer.bytes]))

export function toDnsRow(event: DnsEvent, zone: string | null, intakeNo: number): Cell[] {
  return [
    event.at,
    event.id,
    zone,
    intakeNo,
    TIME_QUALITIES.indexOf(event.timeQuality),
    event.source,
    event.clientIp !== null && event.clientIp === event.source ? SAME : event.clientIp,
    event.clientPort,
    event.serverIp,
    event.serverPort,
    event.transport === null ? null : TRANSPORTS.indexOf(event.transport),
    event.transactionId,
    event.qname,
    event.qnameRaw,
    event.qnameLossy ? 1 : 0,
    event.qtype,
    event.rcode,
    answersText(event.answers),
    event.answerCount,
    event.queryBytes,
    event.responseBytes,
    event.hostId,
    event.hostName,
    event.userName,
    event.processName,
    event.sensor,
    SCOPES.indexOf(event.scope),
    event.attempts,
    event.format,
    event.recordNo,
  ]
}

// The row was written by `toDnsRow` into a STRICT table, so each cell has its column's type.
const text = (cell: Cell | undefined): string => cell as string
const textOrNull = (cell: Cell | undefined): string | null => cell as string | null
const number = (cell: Cell | undefined): number => cell as number
const numberOrNull = (cell: Cell | undefined): number | null => cell as number | null
const list = (cell: Cell | undefined): string[] => JSON.parse(text(cell)) as string[]

const NO_ANSWERS: readonly DnsAnswer[] = []

function answersFrom(cell: Cell | undefined): readonly DnsAnswer[] {
  if (cell === null || cell === undefined) return NO_ANSWERS
  const rows = JSON.parse(text(cell)) as [string | null, string | null, number | null, string, number | null][]
  return rows.map(([name, type, ttlSeconds, data, bytes]) => ({ name, type, ttlSeconds, data, bytes }))
}

/** Columns of `CountedLookup` in row order. */
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

export function fromDnsRow(row: Row): DnsEvent {
  const source = textOrNull(row[5])
  return {
    kind: 'dns',
    at: number(row[0]),
    id: number(row[1]),
    timeQuality: TIME_QUALITIES[number(row[4])] ?? 'exact',
    source,
    clientIp: row[6] === SAME ? source : textOrNull(row[6]),
    clientPort: numberOrNull(row[7]),
    serverIp: textOrNull(row[8]),
    serverPort: numberOrNull(row[9]),
    transport: row[10] === null ? null : (TRANSPORTS[number(row[10])] ?? null),
    transactionId: numberOrNull(row[11]),
    qname: text(row[12]),
    qnameRaw: textOrNull(row[13]),
    qnameLossy: row[14] === 1,
    qtype: textOrNull(row[15]),
    rcode: textOrNull(row[16]),
    answers: answersFrom(row[17]),
    answerCount: numberOrNull(row[18]),
    queryBytes: numberOrNull(row[19]),
    responseBytes: numberOrNull(row[20]),
    hostId: textOrNull(row[21]),
    hostName: textOrNull(row[22]),
    userName: textOrNull(row[23]),
    processName: textOrNull(row[24]),
    sensor: textOrNull(row[25]),
    scope: SCOPES[number(row[26])] ?? 'client',
    attempts: number(row[27]),
    format: text(row[28]),
    recordNo: number(row[29]),
  }
}

export function toProcessRow(event: ProcessEvent, intakeNo: number): Cell[] {
  const { process, parent, user } = event
  return [
    event.at,
    event.id,
    intakeNo,
    TIME_QUALITIES.indexOf(event.timeQuality),
    JSON.stringify(event.category),
    JSON.stringify(event.type),
    event.action,
    event.hostId,
    event.hostName,
    JSON.stringify(event.hostIps),
    user.name,
    user.domain,
    user.id,
    process.name,
    process.executable,
    JSON.stringify(process.args),
    process.commandLine,
    process.pid,
    process.entityId,
    process.originalFileName,
    parent.name,
    parent.executable,
    JSON.stringify(parent.args),
    parent.commandLine,
    parent.pid,
    parent.entityId,
    event.sensor,
    event.format,
    event.recordNo,
  ]
}

export function fromProcessRow(row: Row): ProcessEvent {
  return {
    kind: 'process',
    at: number(row[0]),
    id: number(row[1]),
    timeQuality: TIME_QUALITIES[number(row[3])] ?? 'exact',
    category: list(row[4]),
    type: list(row[5]),
    action: textOrNull(row[6]),
    hostId: textOrNull(row[7]),
    hostName: textOrNull(row[8]),
    hostIps: list(row[9]),
    user: { name: textOrNull(row[10]), domain: textOrNull(row[11]), id: textOrNull(row[12]) },
    process: {
      name: textOrNull(row[13]),
      executable: textOrNull(row[14]),
      args: list(row[15]),
      commandLine: textOrNull(row[16]),
      pid: numberOrNull(row[17]),
      entityId: textOrNull(row[18]),
      originalFileName: textOrNull(row[19]),
    },
    parent: {
      name: textOrNull(row[20]),
      executable: textOrNull(row[21]),
      args: list(row[22]),
      commandLine: textOrNull(row[23]),
      pid: numberOrNull(row[24]),
      entityId: textOrNull(row[25]),
    },
    sensor: textOrNull(row[26]),
    format: text(row[27]),
    recordNo: number(row[28]),
  }
}
