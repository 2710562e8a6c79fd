import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import type { LogFormat, ParsedDns } from '../format'
import { isObject, parseJson } from '../json-records'
import { LineLogParser, recogniseLines } from '../line-log'
import { lookupOf, portOf } from '../lookup'
import type { Mapped, RecordPlace } from '../mapped'
import { isoTime, plausible, type ReadTime } from '../timestamps'

/** CoreDNS's log plugin, common or combined format. */
export const coredns: LogFormat = {
  id: 'coredns',
  title: 'CoreDNS log plugin',
  endings: ['.log', '.json', '.log.gz'],
  expects: 'lines like `[INFO] ADDRESS:PORT - ID "TYPE CLASS NAME PROTO SIZE DO BUFSIZE" RCODE FLAGS SIZE DURATION`',
  recognise: (head) => recogniseLines(head, (line) => isCoredns(unwrapped(line).text)),
  createParser: (sink, options) => new LineLogParser(mapLine, 'the line has no CoreDNS log layout', sink, options),
}

const PREFIX =
  /^(?:(\d{4}-\d\d-\d\dT[\d:.,+-]{8,36}Z?) )?(?:std(?:out|err) [FP] )?(?:(\d{4}-\d\d-\d\dT[\d:.,+-]{8,36}Z?) )?(?:\[([A-Z]{4,7})\] )?/
const LOOKUP =
  /^(?:\[([0-9a-fA-F.:%]{2,64})\]|([\d.]{7,15})):(\d{1,5}) - (\d{1,5}) "(\S{1,16}) (\S{1,8}) (\S{1,1100}) (\S{1,8}) (\d{1,7}) (?:true|false) \d{1,7}" (\S{1,16}) (\S{1,64}) (\d{1,7}) [\d.]{1,24}s/

const isCoredns = (text: string): boolean => {
  const [prefix = '', , , level] = PREFIX.exec(text) ?? []
  return LOOKUP.test(text.slice(prefix.length)) || (level !== undefined && / plugin\//.test(text.slice(0, 64)))
}

/** The line itself, or what a container runtime or shipper wrapped. */
function unwrapped(line: string): { readonly text: string; readonly time: string | null; readonly isWrapped: boolean } {
  const record = line.startsWith('{') ? parseJson(line) : undefined
  if (!isObject(record)) return { text: line, time: null, isWrapped: false }
  const text = [record.log, record.message, record.MESSAGE].find((value) => typeof value === 'string')
  const time = [record.time, record['@timestamp'], record.timestamp].find((value) => typeof value === 'string')
  return { text: typeof text === 'string' ? text.trimEnd() : '', time: typeof time === 'string' ? time : null, isWrapped: true }
}

function mapLine(line: string, place: RecordPlace): Mapped | null {
  const { text, time: outer, isWrapped } = unwrapped(line)
  const [prefix = '', first, second, level] = PREFIX.exec(text) ?? []
  const lookup = LOOKUP.exec(text.slice(prefix.length))
  if (lookup === null)
    return isWrapped || level !== undefined || /^[^\s"]{1,255}:\d{1,5}$/.test(text) || text.startsWith('CoreDNS-')
      ? { skip: 'not-a-lookup' }
      : null
  const time = plausible(timeOf(second ?? first ?? outer, place.nowMs), place.nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the line has no usable time (${time})` }
  const [, v6, v4, port, id, type = '', , name = '', proto, size, rcode = '', , responseSize] = lookup
  const clientIp = canonicalIp(v6 ?? v4 ?? '')
  if (clientIp === null) return { reject: 'no-client', detail: 'the line does not begin with an IP address and a port' }
  const answered = rcode !== '-'
  return {
    event: lookupOf(nameFromText(name, 'decimal'), {
      at: time.at,
      timeQuality: time.quality,
      clientIp,
      clientPort: portOf(port),
      transport: transportOf(proto),
      transactionId: Number(id),
      qtype: canonicalType(type),
      rcode: answered ? rcode.toUpperCase() : null,
      queryBytes: Number(size),
      responseBytes: answered ? Number(responseSize) : null,
      format: 'coredns',
      recordNo: place.recordNo,
      role: answered ? 'both' : 'query',
    }),
  }
}

const timeOf = (text: string | null | undefined, nowMs: number): ReadTime =>
  text === null || text === undefined ? { at: nowMs, quality: 'ingest' } : isoTime(text)

const transportOf = (proto: string | undefined): ParsedDns['transport'] => (proto === 'udp' || proto === 'tcp' ? proto : null)
