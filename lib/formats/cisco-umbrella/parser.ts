import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { csvCells } from '../csv-record'
import { canonicalType } from '../dns-codes'
import type { LogFormat } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import { lookupOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { isoTime, plausible } from '../timestamps'

/** DNS log of Cisco Umbrella (S3 export), 10 to 17 columns by version. */
export const ciscoUmbrella: LogFormat = {
  id: 'cisco-umbrella',
  title: 'Cisco Umbrella DNS log (CSV)',
  endings: ['.csv', '.log', '.csv.gz'],
  expects: 'CSV rows that begin with a date, with a type like `1 (A)` in the seventh column',
  recognise: (head) => recogniseLines(head, (line) => isRow(csvCells(line)) || isHeader(line)),
  createParser: (sink, options) => new LineLogParser(mapLine, 'the row does not begin with a date or has too few columns', sink, options),
}

const TYPE = /^(\d{1,5}) \(([A-Z0-9-]{1,16})\)$/
const isRow = (cells: readonly string[]): boolean =>
  cells.length >= 9 && TYPE.test(cells[6] ?? '') && /^\d{4}-\d\d-\d\d /.test(cells[0] ?? '')
const isHeader = (line: string): boolean => /^"?(?:timestamp|date)"?,/i.test(line)

function mapLine(line: string, place: RecordPlace): Mapped | null {
  const cells = csvCells(line)
  if (!isRow(cells)) return isHeader(line) ? { skip: 'header' } : null
  const [date = '', identity = '', identities = '', internal = '', external = '', , type = '', rcode = '', domain = '', , , types = ''] =
    cells
  if (domain === '') return { skip: 'no-name' }
  const time = plausible(isoTime(date, 'utc'), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the first column is no usable time (${time})` }
  const clientIp = canonicalIp(internal) ?? canonicalIp(external)
  if (clientIp === null && identity === '') return { reject: 'no-client', detail: 'the row has neither an address nor an identity' }
  return {
    event: lookupOf(nameFromText(domain, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      source: clientIp ?? identity.toLowerCase(),
      clientIp,
      qtype: canonicalType(TYPE.exec(type)?.[2] ?? null),
      rcode: rcode === '' ? null : rcode.toUpperCase(),
      ...ownersOf(identities, types),
      format: 'cisco-umbrella',
      recordNo: place.recordNo,
    }),
  }
}

/** Identities and their types are lists in one order; users and computers are told apart by the type. */
function ownersOf(identities: string, types: string): { readonly userName: string | null; readonly hostName: string | null } {
  const names = identities.split(',').map((name) => name.trim())
  const kinds = types.split(',').map((kind) => kind.trim())
  const named = (pattern: RegExp): string | null => {
    const index = names.length === kinds.length ? kinds.findIndex((kind) => pattern.test(kind)) : -1
    return index < 0 ? null : names[index] || null
  }
  return { userName: named(/\bUsers?$/), hostName: named(/^(?:Roaming Computers|Anyconnect Roaming Client|AD Computers)$/i) }
}
