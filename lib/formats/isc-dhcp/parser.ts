import { mapLease } from '../dhcp-lease'
import type { LogFormat } from '../format'
import { LineLogParser, recogniseLines } from '../line-log'
import type { Mapped, RecordPlace } from '../mapped'
import { isoTime, type ReadTime, yearlessTime } from '../timestamps'

/** The syslog lines of the ISC DHCP server. */
export const iscDhcp: LogFormat = {
  id: 'isc-dhcp',
  title: 'ISC DHCP server log',
  endings: ['.log', '.log.gz'],
  expects: 'lines with `dhcpd:` or `dhcpd[pid]:` after a syslog date',
  recognise: (head) => recogniseLines(head, (line) => LINE.test(line)),
  createParser: (sink, options) => new LineLogParser(mapLine, 'the line has no syslog date and dhcpd: before its message', sink, options),
}

const LINE =
  /^(?:<\d{1,3}>)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d)|(\d{4}-\d\d-\d\dT[\d:.,+-]{8,32}Z?)) (?:[^\s[\]]{1,255} )?dhcpd(?:\[\d{1,10}\])?: (.*)$/
const ACK =
  /^DHCPACK on ([0-9a-fA-F.:]{2,45}) to [0-9a-fA-F:]{2,64} (?:\((.{0,255}?)\) )?via \S{1,64}(?: .{0,200}?lease-duration (\d{1,10}))?/

function mapLine(text: string, { nowMs }: RecordPlace): Mapped | null {
  const line = LINE.exec(text)
  if (line === null) return null
  const [, month = '', day = '', clock = '', iso, message = ''] = line
  const [, address, name, seconds] = ACK.exec(message) ?? []
  if (address === undefined) return { skip: 'no-lease' }
  const time: ReadTime = iso === undefined ? yearlessTime(month, day, clock, nowMs) : isoTime(iso)
  return mapLease({ time, address, name: name ?? null, leaseSeconds: seconds === undefined ? null : Number(seconds) }, nowMs)
}
