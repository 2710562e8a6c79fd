import { field, firstText, numberField, textField } from '@/lib/formats/document-fields'
import { isObject, type JsonObject } from '@/lib/formats/json-records'
import { isoTime } from '@/lib/formats/timestamps'

/**
 * The record as Zeek or Suricata wrote it, where Filebeat's module has taken it apart: in Elasticsearch an ingest pipeline
 * would go on from there (elastic/beats x-pack/filebeat/module/{zeek/dns,suricata/eve}/config). null for other documents.
 */
export function moduleRecord(document: JsonObject): JsonObject | null {
  const zeek = field(document, 'zeek.dns')
  if (isObject(zeek) && document.ts === undefined) return zeekRecord(document, zeek)
  const eve = field(document, 'suricata.eve')
  return isObject(eve) ? eveRecord(document, eve) : null
}

/** Fields that are left where they were go before those that the module moved. */
function zeekRecord(document: JsonObject, zeek: JsonObject): JsonObject {
  return known({
    ts: firstText(document, 'event.created', '@timestamp'),
    'id.orig_h': firstText(document, 'source.address', 'source.ip'),
    'id.orig_p': numberField(document, 'source.port'),
    'id.resp_h': firstText(document, 'destination.address', 'destination.ip'),
    'id.resp_p': numberField(document, 'destination.port'),
    proto: textField(document, 'network.transport'),
    ...zeek,
  })
}

function eveRecord(document: JsonObject, eve: JsonObject): JsonObject {
  return known({
    timestamp: textField(document, '@timestamp'),
    src_ip: firstText(document, 'source.address', 'source.ip'),
    src_port: numberField(document, 'source.port'),
    dest_ip: firstText(document, 'destination.address', 'destination.ip'),
    dest_port: numberField(document, 'destination.port'),
    proto: textField(document, 'network.transport'),
    ...eve,
  })
}

const known = (record: JsonObject): JsonObject => Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))

/** A log line inside a document, and what the shipper knows about it beside. */
export interface ShippedLine {
  readonly text: string
  readonly program: string | null
  readonly pid: number | null
  readonly host: string | null
  /** When the line was written, as far as the shipper knows, epoch ms. */
  readonly at: number | null
  /** Tells streams of lines apart: lines of one file or program follow each other. */
  readonly stream: string
}

/** Fields in which shippers put the line they read, the least changed first. */
const LINE_FIELDS = ['event.original', 'message', 'log', 'MESSAGE', 'msg', '_raw', 'rawmsg'] as const
const MAX_LINE = 256 * 1024
const MAX_LABEL = 255

/** @returns null when the document carries no line. */
export function shippedLine(document: JsonObject): ShippedLine | null {
  const text = lineOf(document)
  if (text === null || text.length > MAX_LINE) return null
  const tag = /^([^\s[\]:]{1,64})(?:\[(\d{1,10})\])?:?$/.exec(firstText(document, 'syslogtag', 'log.syslog.tag') ?? '')
  const program = label(document, ...PROGRAM_FIELDS) ?? tag?.[1] ?? null
  const host = label(document, ...HOST_FIELDS)
  const path = label(document, 'log.file.path', 'file', 'filename', 'FILE_NAME', 'source')
  return {
    text,
    program,
    pid:
      PID_FIELDS.map((path) => numberField(document, path)).find((pid) => pid !== null) ?? (tag?.[2] === undefined ? null : Number(tag[2])),
    host,
    at: timeOf(document),
    stream: `${host ?? ''}\n${path ?? ''}\n${program ?? ''}`,
  }
}

const PROGRAM_FIELDS = [
  'log.syslog.appname',
  'process.name',
  'syslog.identifier',
  'PROGRAM',
  'programname',
  'program',
  'app-name',
  'appname',
  'SYSLOG_IDENTIFIER',
  'ident',
]
const PID_FIELDS = ['log.syslog.procid', 'process.pid', 'PID', 'procid', 'SYSLOG_PID', '_PID', 'pid']
const HOST_FIELDS = ['log.syslog.hostname', 'host.hostname', 'host.name', 'HOST', 'hostname', 'HOSTNAME', '_HOSTNAME', 'host', 'fromhost']
const TIME_FIELDS = ['@timestamp', 'ISODATE', 'timereported', 'timestamp', 'time', 'timegenerated']

function lineOf(document: JsonObject): string | null {
  for (const path of LINE_FIELDS) {
    const value = field(document, path)
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/** A field as one word of a syslog header; null when it is none. */
function label(document: JsonObject, ...paths: readonly string[]): string | null {
  const text = firstText(document, ...paths)
  return text === null || text.length > MAX_LABEL || /[\s[\]]/.test(text) ? null : text
}

function timeOf(document: JsonObject): number | null {
  for (const path of TIME_FIELDS) {
    const time = isoTime(textField(document, path) ?? '')
    if (typeof time !== 'string') return time.at
  }
  return null
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** The line behind the header that a syslog daemon cut off it (RFC 3164 §4.1.2), so that formats know it again. */
export function withSyslogHeader({ text, program, pid, host, at }: ShippedLine, nowMs: number): string | null {
  if (program === null) return null
  const date = new Date(at ?? nowMs)
  const clock = date.toISOString().slice(11, 19)
  const day = String(date.getUTCDate()).padStart(2, ' ')
  return `${MONTHS[date.getUTCMonth()]} ${day} ${clock} ${host ?? 'localhost'} ${program}[${pid ?? 0}]: ${text.trimStart()}`
}
