import { isoTime, yearlessTime } from '@/lib/formats/timestamps'

/** What a syslog message says, its header taken off. */
export interface SyslogMessage {
  /** When the sender says it was written, epoch ms; null where it does not or where the date cannot be read. */
  readonly at: number | null
  readonly host: string | null
  readonly program: string | null
  readonly pid: number | null
  /** The message as the program wrote it; one line. */
  readonly text: string
  /** The message with the header's date, host and program, as a log file has it; null where it had no header. */
  readonly fileLine: string | null
}

const RFC5424 = /^<\d{1,3}>1 (\S{1,64}) (\S{1,255}) (\S{1,64}) (\S{1,128}) \S{1,64} /
const RFC3164 =
  /^(?:<\d{1,3}>)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:\d{4} )?(\d\d:\d\d:\d\d)(?:\.\d{1,9})?|(\d{4}-\d\d-\d\dT[\d:.,+-]{8,32}Z?)):? (?:([^\s:[\]]{1,255}) )?([^\s:[\]]{1,64})(?:\[(\d{1,10})\])?: ?/
const PRIORITY = /^<\d{1,3}>/
/** Of a cut-off header, so that a program is still told: `<30>dnsmasq[12]: …` (glibc's own layout without a date). */
const TAG = /^([^\s:[\]<>]{1,64})(?:\[(\d{1,10})\])?: /

/**
 * Reads RFC 5424 and RFC 3164 with the liberties that senders take: no date, no host, ISO dates, no priority. A text
 * without any header is its own message. Never throws.
 *
 * @param nowMs - wall clock, places dates without a year.
 */
export function readSyslog(raw: string, nowMs: number): SyslogMessage {
  // One message is one line, whatever control characters a sender lets through (RFC 6587 §3.4.1 allows newlines).
  const line = raw.replace(/[\r\n\0]+$/, '').replace(/[\r\n\0]/g, ' ')
  return readNew(line) ?? readOld(line, nowMs) ?? readBare(line)
}

function readNew(line: string): SyslogMessage | null {
  const header = RFC5424.exec(line)
  if (header === null) return null
  const [prefix, date = '', host = '', program = '', pid = ''] = header
  const from = afterStructuredData(line, prefix.length)
  if (from === null) return null
  const rest = line.slice(from).trimStart()
  const time = isoTime(date)
  return {
    at: typeof time === 'string' ? null : time.at,
    host: presentOf(host),
    program: presentOf(program),
    pid: /^\d{1,10}$/.test(pid) ? Number(pid) : null,
    // trimStart takes the byte order mark of RFC 5424 §6.4 as well.
    text: rest,
    fileLine: null,
  }
}

const presentOf = (field: string): string | null => (field === '-' ? null : field)

/** @returns where the message begins; null when what stands there is no structured data (RFC 5424 §6.3). */
function afterStructuredData(line: string, start: number): number | null {
  if (line[start] === '-') return line[start + 1] === ' ' || start + 1 === line.length ? Math.min(start + 2, line.length) : null
  let at = start
  while (line[at] === '[') {
    let isQuoted = false
    for (at += 1; at < line.length && (isQuoted || line[at] !== ']'); at++) {
      if (isQuoted && line[at] === '\\') at += 1
      else if (line[at] === '"') isQuoted = !isQuoted
    }
    if (at >= line.length) return null
    at += 1
  }
  return at === start ? null : line[at] === ' ' ? at + 1 : at === line.length ? at : null
}

function readOld(line: string, nowMs: number): SyslogMessage | null {
  const header = RFC3164.exec(line)
  if (header === null) return null
  const [prefix, month = '', day = '', clock = '', iso, host = null, program = null, pid] = header
  const time = iso === undefined ? yearlessTime(month, day, clock, nowMs) : isoTime(iso)
  return {
    at: typeof time === 'string' ? null : time.at,
    host,
    program,
    pid: pid === undefined ? null : Number(pid),
    text: line.slice(prefix.length),
    fileLine: line.replace(PRIORITY, ''),
  }
}

function readBare(line: string): SyslogMessage {
  const rest = line.replace(PRIORITY, '')
  const [prefix = '', program = null, pid] = rest === line ? [] : (TAG.exec(rest) ?? [])
  return { at: null, host: null, program, pid: pid === undefined ? null : Number(pid), text: rest.slice(prefix.length), fileLine: null }
}
