import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import { firstText, numberField, textField } from '../document-fields'
import type { LogFormat } from '../format'
import type { JsonObject } from '../json-records'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { recogniseTable, type TableLog, TableLogParser } from '../table-log'
import { isoTime, plausible } from '../timestamps'

/** DNS proxy log of Azure Firewall (table AZFWDnsQuery), as CSV or JSON. */
export const azureFirewallDns: LogFormat = {
  id: 'azure-firewall-dns',
  title: 'Azure Firewall DNS log (CSV or JSON)',
  endings: ['.csv', '.json', '.csv.gz', '.json.gz'],
  expects: 'a CSV header or JSON objects with `TimeGenerated`, `SourceIp`, `QueryName` and `QueryType`',
  recognise: (head) => recogniseTable(head, TABLE),
  createParser: (sink, options) => new TableLogParser(TABLE, sink, options),
}

const COLUMNS = ['TimeGenerated', 'SourceIp', 'QueryName', 'QueryType'] as const

const TABLE: TableLog = { fits: (columns) => COLUMNS.every((column) => columns.includes(column)), map }

function map(record: JsonObject, place: RecordPlace): Mapped {
  const name = textField(record, 'QueryName')
  if (name === null) return { skip: 'no-name' }
  const time = plausible(isoTime(textField(record, 'TimeGenerated') ?? '', 'utc'), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `TimeGenerated is no usable time (${time})` }
  const clientIp = canonicalIp(textField(record, 'SourceIp') ?? '')
  if (clientIp === null) return { reject: 'no-client', detail: 'SourceIp is not an IP address' }
  const code = textField(record, 'ResponseCode')
  // A failed exchange has the number 0 where an answer has a name.
  const rcode = code === null || /^\d+$/.test(code) ? null : code.toUpperCase()
  const transport = textField(record, 'Protocol')?.toLowerCase()
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      clientIp,
      clientPort: portOf(textField(record, 'SourcePort')),
      transport: transport === 'udp' || transport === 'tcp' ? transport : null,
      transactionId: numberField(record, 'QueryId'),
      qtype: canonicalType(textField(record, 'QueryType')?.replace(/:$/, '') ?? null),
      rcode,
      queryBytes: numberField(record, 'RequestSize'),
      responseBytes: rcode === null ? null : numberField(record, 'ResponseSize'),
      sensor: firstText(record, '_ResourceId')?.split('/').at(-1) ?? null,
      format: 'azure-firewall-dns',
      recordNo: place.recordNo,
      role: rcode === null ? 'query' : 'both',
    }),
  }
}
