import { mapLease } from '../dhcp-lease'
import type { LogFormat } from '../format'
import type { JsonObject } from '../json-records'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseTable, type TableLog, TableLogParser } from '../table-log'
import { epochTimeFromText } from '../timestamps'

/** The lease file of ISC Kea (`kea-leases4.csv`, `kea-leases6.csv`). */
export const keaLeases: LogFormat = {
  id: 'kea-leases',
  title: 'ISC Kea lease file (CSV)',
  endings: ['.csv', '.csv.gz'],
  expects: 'a CSV header with `address`, `valid_lifetime`, `expire`, `hostname` and `state`',
  recognise: (head) => recogniseTable(head, table),
  createParser: (sink, options) => new TableLogParser(table, sink, options),
}

const COLUMNS = ['address', 'valid_lifetime', 'expire', 'hostname', 'state']
/** Prefixes are given to routers; a prefix is no host. */
const PREFIX_DELEGATION = '2'

const table: TableLog = { fits: (columns) => COLUMNS.every((column) => columns.includes(column)), map: mapRow }

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

function mapRow(row: JsonObject, { nowMs }: RecordPlace): Mapped {
  const seconds = Number(textOf(row.valid_lifetime))
  // A lease that was given back has a lifetime of 0, one that was declined or reclaimed another state.
  if (!(seconds > 0) || textOf(row.state) !== '0' || textOf(row.lease_type) === PREFIX_DELEGATION) return { skip: 'no-lease' }
  const end = epochTimeFromText(textOf(row.expire))
  const time = typeof end === 'string' ? end : { ...end, at: end.at - seconds * 1_000, quality: 'second' as const }
  // A comma within a cell is written as an entity.
  const name = textOf(row.hostname).replaceAll('&#x2c', ',')
  return mapLease({ time, address: textOf(row.address), name, leaseSeconds: seconds }, nowMs)
}
