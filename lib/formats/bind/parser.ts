import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import type { LogFormat } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import { lookupOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { isoTime, monthNumberOf, plausible, type ReadTime, yearlessTime } from '../timestamps'
import { isNamed, type LineDate, readClientLine, readMessage } from './line'
import { infobloxAnswers } from './records'

/** BIND 9's query log, response log and refusals, and what Infoblox makes of them. */
export const bind: LogFormat = {
  id: 'bind',
  title: 'BIND 9 or Infoblox query log',
  endings: ['.log', '.txt', '.log.gz'],
  expects: 'lines with `client ADDRESS#PORT` and `query:`, dated or not, behind syslog or not',
  recognise: (head) => recogniseLines(head, isNamed),
  createParser: (sink, options) => new LineLogParser(mapLine, "the line has neither BIND's nor syslog's layout", sink, options),
}

function mapLine(text: string, place: RecordPlace): Mapped | null {
  const line = readClientLine(text)
  if (line === null) return isNamed(text) ? { skip: 'not-a-lookup' } : null
  const message = readMessage(line.message)
  if (message === null) return { skip: 'not-a-lookup' }
  const time = plausible(timeOf(line, place.nowMs), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the date of the line is no usable time (${time})` }
  const clientIp = canonicalIp(line.address)
  if (clientIp === null) return { reject: 'no-client', detail: 'what follows "client" is not an IP address' }
  const isQuery = message.kind === 'query'
  const answers = !isQuery && message.records !== null ? infobloxAnswers(message.records) : null
  return {
    event: lookupOf(nameFromText(message.name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      clientIp,
      clientPort: line.port === 0 ? null : line.port,
      serverIp: message.server === null ? null : canonicalIp(message.server),
      transport: message.tcp === null ? null : message.tcp ? 'tcp' : 'udp',
      qtype: canonicalType(message.type),
      rcode: isQuery ? null : message.rcode,
      answers: answers?.listed ?? [],
      answerCount: isQuery ? null : (answers?.count ?? message.answerCount),
      sensor: line.host,
      format: 'bind',
      recordNo: place.recordNo,
      role: isQuery ? 'query' : 'response',
    }),
  }
}

const OWN_DATE = /^(\d{1,2})-([A-Z][a-z]{2})-(\d{4}) (\S{8,18})$/
const SYSLOG_DATE = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)$/

/** The program's own date is the exact one; a line without any counts as read now. */
function timeOf({ own, syslog }: LineDate, nowMs: number): ReadTime {
  const text = own ?? syslog
  if (text === null) return { at: nowMs, quality: 'ingest' }
  const [, day, month, year, clock] = OWN_DATE.exec(text) ?? []
  if (day !== undefined && month !== undefined) {
    const number = monthNumberOf(month)
    return number === null ? 'bad-timestamp' : isoTime(`${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}T${clock}`)
  }
  const [, syslogMonth, syslogDay, syslogClock] = SYSLOG_DATE.exec(text) ?? []
  if (syslogMonth !== undefined && syslogDay !== undefined && syslogClock !== undefined)
    return yearlessTime(syslogMonth, syslogDay, syslogClock, nowMs)
  return isoTime(text)
}
