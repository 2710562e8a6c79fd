import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType, rcodeOfNumber } from '../dns-codes'
import type { LogFormat, ParsedDns } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { epochTimeFromText, plausible, type ReadTime, yearlessTime } from '../timestamps'
import { readFields } from './fields'

/** PowerDNS Recursor (structured and older) and Authoritative Server query lines. */
export const powerdns: LogFormat = {
  id: 'powerdns',
  title: 'PowerDNS query log',
  endings: ['.log', '.log.gz'],
  expects: "lines with `msg=\"Question\"` and `qname=`, `question for 'NAME|TYPE'` or `Remote ADDRESS wants 'NAME|TYPE'`",
  recognise: (head) => recogniseLines(head, isPowerdns),
  createParser: (sink, options) => new LineLogParser(mapLine, "the line is not in PowerDNS's layout", sink, options),
}

const PREFIX =
  /^(?:<\d{1,3}>)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) )?(?:([^\s[\]="]{1,255}) )?(?:(pdns[\w-]{0,32})(?:\[\d{1,10}\])?: )?/
const QUESTION = /^(?:\d{1,10} )?\[[\d/]{1,40}\] question for '(.{1,1100})\|([A-Z0-9]{1,16})' from (\S{2,64})$/
const WANTS = /^Remote (\S{2,64}) wants '(.{1,1100})\|([A-Z0-9]{1,16})', do = \d, bufsize = \d{1,6}/

interface Line {
  readonly month: string | undefined
  readonly day: string | undefined
  readonly clock: string | undefined
  readonly host: string | null
  readonly program: string | undefined
  readonly message: string
}

function readLine(text: string): Line {
  const [prefix = '', month, day, clock, host, program] = PREFIX.exec(text) ?? []
  // Without a program after it, what looks like a host is the message's first word.
  const start = host !== undefined && program === undefined ? prefix.length - host.length - 1 : prefix.length
  const named = program !== undefined && host !== undefined ? host : null
  return { month, day, clock, host: named, program, message: text.slice(start) }
}

const isPowerdns = (text: string): boolean => {
  const { program, message } = readLine(text)
  return (
    program !== undefined ||
    (message.startsWith('msg="') && message.includes('" subsystem="')) ||
    QUESTION.test(message) ||
    WANTS.test(message)
  )
}

function mapLine(text: string, place: RecordPlace): Mapped | null {
  const line = readLine(text)
  if (line.message.startsWith('msg="')) return mapStructured(line, place)
  const [, name, type, remote] = QUESTION.exec(line.message) ?? []
  if (name !== undefined && type !== undefined && remote !== undefined) return classic(line, name, type, remote, place)
  const [, asker, wanted, wantedType] = WANTS.exec(line.message) ?? []
  if (asker !== undefined && wanted !== undefined && wantedType !== undefined) return classic(line, wanted, wantedType, asker, place)
  return line.program !== undefined || line.month !== undefined ? { skip: 'not-a-lookup' } : null
}

const QUESTIONS = new Set(['Question', 'Question answered from packet cache', 'Query received'])

function mapStructured(line: Line, place: RecordPlace): Mapped {
  const fields = readFields(line.message, 0)
  const kind = fields.get('msg') ?? ''
  const name = fields.get('qname') ?? fields.get('query')
  if ((!QUESTIONS.has(kind) && kind !== 'Answer') || name === undefined) return { skip: 'not-a-lookup' }
  const ts = fields.get('ts')
  const time = plausible(ts === undefined ? syslogTime(line, place.nowMs) : epochTimeFromText(ts), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `ts is no usable time (${time})` }
  const remote = endOf(fields.get('remote') ?? '')
  if (remote === null) return { reject: 'no-client', detail: 'remote is not an IP address with or without a port' }
  const rcode = numberOf(fields.get('rcode'))
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      ...remote,
      at: time.at,
      timeQuality: time.quality,
      transport: transportOf(fields.get('proto')),
      qtype: canonicalType(fields.get('qtype') ?? fields.get('type') ?? null),
      rcode: rcode === null ? null : rcodeOfNumber(rcode),
      answerCount: kind === 'Answer' ? numberOf(fields.get('answers')) : null,
      sensor: line.host,
      format: 'powerdns',
      recordNo: place.recordNo,
      role: kind === 'Answer' ? 'response' : 'query',
    }),
  }
}

function classic(line: Line, name: string, type: string, remote: string, place: RecordPlace): Mapped {
  const time = plausible(syslogTime(line, place.nowMs), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the line has no usable time (${time})` }
  const end = endOf(remote)
  if (end === null) return { reject: 'no-client', detail: 'the asker is not an IP address with or without a port' }
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      ...end,
      at: time.at,
      timeQuality: time.quality,
      qtype: canonicalType(type),
      sensor: line.host,
      format: 'powerdns',
      recordNo: place.recordNo,
      role: 'query',
    }),
  }
}

const syslogTime = ({ month, day, clock }: Line, nowMs: number): ReadTime =>
  month === undefined || day === undefined || clock === undefined
    ? { at: nowMs, quality: 'ingest' }
    : yearlessTime(month, day, clock, nowMs)

const END = /^(?:\[([0-9a-fA-F.:%]{2,64})\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::(\d{1,5}))?$/

function endOf(text: string): { readonly clientIp: string; readonly clientPort: number | null } | null {
  const [, v6, v4, port] = END.exec(text) ?? []
  const clientIp = canonicalIp(v6 ?? v4 ?? text)
  return clientIp === null ? null : { clientIp, clientPort: portOf(port) }
}

const numberOf = (text: string | undefined): number | null => (text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : null)

function transportOf(proto: string | undefined): ParsedDns['transport'] {
  return proto === 'udp' || proto === 'tcp' || proto === 'dot' || proto === 'doh' ? proto : null
}
