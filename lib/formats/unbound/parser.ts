import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import type { LogFormat, ParsedDns } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import { lookupOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { epochTimeFromText, isoTime, plausible, type ReadTime, yearlessTime } from '../timestamps'

/** Unbound's query and reply log. */
export const unbound: LogFormat = {
  id: 'unbound',
  title: 'Unbound query and reply log',
  endings: ['.log', '.log.gz'],
  expects: 'lines with `unbound[pid:thread] info:` (or `query:`, `reply:`) after a time',
  recognise: (head) => recogniseLines(head, (line) => LINE.test(line)),
  createParser: (sink, options) =>
    new LineLogParser(mapLine, 'the line has no time and program[pid:thread] before its message', sink, options),
}

const SYSLOG = String.raw`(?:<\d{1,3}>)?([A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d) (?:([^\s[\]]{1,255}) )?`
const LINE = new RegExp(
  String.raw`^(?:\[(\d{9,11})\] |(\d{4}-\d\d-\d\dT[\d:.,+-]{8,32}Z?) |${SYSLOG}(?:\S{1,64}\[\d{1,10}\]: )?)(?:\S{1,64})?\[\d{1,10}:[0-9a-f]{1,8}\] ([a-z]{4,9}): (.*)$`,
)
const LOOKUP =
  /^([0-9a-fA-F.:]{2,45}) (\S{1,1100}) (\S{1,16}) (\S{1,16})(?: ([A-Z0-9]{1,16}|-) (\S{1,24}) (\S{1,4}) (\d{1,10}|-)(?: on (\S{1,8}) (\S{1,64}) (\d{1,5}))?)?$/

const TRANSPORTS: ReadonlyMap<string, ParsedDns['transport']> = new Map([
  ['udp', 'udp'],
  ['tcp', 'tcp'],
  ['dot', 'dot'],
  ['doh', 'doh'],
  ['doq', 'doq'],
])

function mapLine(text: string, place: RecordPlace): Mapped | null {
  const line = LINE.exec(text)
  if (line === null) return null
  const [, epoch, iso, syslog, host, kind, message = ''] = line
  const lookup = kind === 'info' || kind === 'query' || kind === 'reply' ? LOOKUP.exec(message) : null
  if (lookup === null) return { skip: 'not-a-lookup' }
  const [, address = '', name = '', type = '', , rcode, , , bytes, transport, server] = lookup
  const clientIp = canonicalIp(address)
  if (clientIp === null) return { skip: 'not-a-lookup' }
  if (name === '-') return { skip: 'no-name' }
  const time = plausible(timeOf(epoch, iso, syslog, place.nowMs), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the line has no usable time (${time})` }
  const canonical = nameFromText(name, 'none')
  return {
    event: lookupOf(name.includes('?') ? { ...canonical, lossy: true } : canonical, {
      at: time.at,
      timeQuality: time.quality,
      clientIp,
      serverIp: server === undefined ? null : canonicalIp(server),
      transport: transport === undefined ? null : (TRANSPORTS.get(transport) ?? null),
      qtype: canonicalType(type),
      rcode: rcode ?? null,
      responseBytes: bytes === undefined || bytes === '-' ? null : Number(bytes),
      sensor: host ?? null,
      format: 'unbound',
      recordNo: place.recordNo,
      role: rcode === undefined ? 'query' : 'response',
    }),
  }
}

function timeOf(epoch: string | undefined, iso: string | undefined, syslog: string | undefined, nowMs: number): ReadTime {
  if (epoch !== undefined) {
    const time = epochTimeFromText(epoch)
    return typeof time === 'string' ? time : { at: time.at, quality: 'second' }
  }
  if (iso !== undefined) return isoTime(iso)
  const [month = '', day = '', clock = ''] = (syslog ?? '').split(/ {1,2}/)
  return yearlessTime(month, day, clock, nowMs)
}
