import { csvCells } from '../csv-record'
import { mapLease } from '../dhcp-lease'
import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import type { Mapped, RecordPlace } from '../mapped'
import { isoTime, type ReadTime } from '../timestamps'

/** The audit log of Windows' DHCP server (`DhcpSrvLog-Mon.log`). */
export const windowsDhcp: LogFormat = {
  id: 'windows-dhcp',
  title: 'Windows DHCP server audit log (CSV)',
  endings: ['.log', '.csv', '.log.gz'],
  expects: 'the header `ID,Date,Time,Description,IP Address,Host Name`, or rows like `10,11/21/26,09:00:02,Assign,ADDRESS,NAME,…`',
  recognise: (head) => {
    const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 8_192)).toString('latin1')
    return HEADER.test(text) ? 1 : recogniseLines(head, (line) => ROW.test(line))
  },
  createParser,
}

const HEADER = /^ID,Date,Time,Description,IP Address,Host Name\b/m
const ROW = /^\d{1,5},(\d\d)\/(\d\d)\/(\d\d),(\d\d:\d\d:\d\d),/
/** Codes of the audit log that give an address out or prolong it. */
const LEASES: ReadonlySet<string> = new Set(['10', '11', '20', '21'])

/** Above the header the log explains its codes. */
function createParser(sink: FormatSink, options: ParserOptions): FormatParser {
  let isPreamble = true
  const mapLine = (text: string, { nowMs }: RecordPlace): Mapped | null => {
    const row = ROW.exec(text)
    if (row === null) {
      if (text.startsWith('ID,Date,')) isPreamble = false
      else if (!isPreamble && !text.startsWith('\t\tMicrosoft')) return null
      return { skip: 'header' }
    }
    isPreamble = false
    const [code = '', , , , address = '', name = ''] = csvCells(text)
    if (!LEASES.has(code)) return { skip: 'no-lease' }
    return mapLease({ time: timeOf(row), address: address === '' ? null : address, name, leaseSeconds: null }, nowMs)
  }
  return new LineLogParser(mapLine, 'the row has no code, date and time in its first columns', sink, options)
}

/** Month, day and two digits of the year, in the server's own zone, which the log does not tell. */
const timeOf = ([, month, day, year, clock]: RegExpExecArray): ReadTime => isoTime(`20${year}-${month}-${day}T${clock}`)
