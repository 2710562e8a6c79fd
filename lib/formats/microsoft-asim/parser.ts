import type { LogFormat } from '../format'
import type { JsonObject } from '../json-records'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseTable, type TableLog, TableLogParser } from '../table-log'
import { mapAsimDns } from './dns'
import { mapAsimProcess } from './process'

/** Microsoft Sentinel's normalised tables: the ASIM schemas Dns and ProcessEvent, whatever product they were made from. */
export const microsoftAsim: LogFormat = {
  id: 'microsoft-asim',
  title: 'Microsoft Sentinel ASIM (Dns and ProcessEvent, CSV or JSON)',
  endings: ['.csv', '.json', '.csv.gz', '.json.gz'],
  expects: 'a CSV header or JSON objects with `DnsQuery` and `SrcIpAddr`, or with `TargetProcessName` and `EventType`',
  recognise: (head) => recogniseTable(head, TABLE),
  createParser: (sink, options) => new TableLogParser(TABLE, sink, options),
}

/** A query result leaves empty columns out of its JSON, so one of several is enough beside the one that no other log has. */
const DNS_COLUMNS = ['SrcIpAddr', 'Src', 'SrcHostname', 'SrcDvcId', 'EventSubType', 'DnsQueryTypeName']

const TABLE: TableLog = {
  fits: (columns) =>
    (columns.includes('DnsQuery') && DNS_COLUMNS.some((column) => columns.includes(column))) ||
    (columns.includes('TargetProcessName') && columns.includes('EventType')),
  map,
}

/** One export may hold both schemas; the row says by what it has. */
function map(row: JsonObject, place: RecordPlace): Mapped {
  const target = row.TargetProcessName
  return typeof target === 'string' && target !== '' ? mapAsimProcess(row, place) : mapAsimDns(row, place)
}
