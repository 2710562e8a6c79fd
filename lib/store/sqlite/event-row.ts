import type { TimeQuality } from '@/lib/domain/dns-event'
import type { ProcessEvent } from '@/lib/domain/process-event'

/** What SQLite gives and takes. */
export type Cell = string | number | null
export type Row = readonly Cell[]

// A closed set is stored as the position in its list; the order is part of the file format, so new members go to the end.
export const TIME_QUALITIES: readonly TimeQuality[] = ['exact', 'second', 'no-year', 'assumed-zone', 'ingest']

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

// The row was written into a STRICT table, so each cell has its column's type.
export const text = (cell: Cell | undefined): string => cell as string
export const textOrNull = (cell: Cell | undefined): string | null => cell as string | null
export const number = (cell: Cell | undefined): number => cell as number
export const numberOrNull = (cell: Cell | undefined): number | null => cell as number | null
const list = (cell: Cell | undefined): string[] => JSON.parse(text(cell)) as string[]

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
