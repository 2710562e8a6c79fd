import { type CanonicalName, nameFromLabels } from '@/lib/names/canonical-name'

/** A packet line, cut into its parts. */
export interface PacketLine {
  readonly date: string
  readonly clock: string
  readonly half: 'AM' | 'PM' | null
  readonly transport: 'udp' | 'tcp'
  readonly received: boolean
  readonly address: string
  readonly transactionId: number
  readonly isResponse: boolean
  /** `Q` for a query. */
  readonly opcode: string
  readonly truncated: boolean
  readonly rcode: string
  readonly type: string
  readonly name: CanonicalName
}

const DATED = /^(\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{8}) (\d{1,2}:\d\d:\d\d)(?: (AM|PM))? {1,2}[0-9A-Fa-f]{1,8} ([A-Z]{2,10}) /
const PACKET =
  /^ ?(?:[0-9A-Fa-f]{8,16} )?(UDP|TCP) (Rcv|Snd) {1,3}([0-9a-fA-F.:]{2,45}) {1,40}([0-9a-fA-F]{4}) ([R ]) ([A-Z?]) \[([0-9A-Za-z ]{4,40})\] (\S{1,16}) {1,16}(\(.{0,2000})$/

/** A line that begins with a date and a topic, of whatever kind. */
export const isDated = (text: string): boolean => DATED.test(text)

/** @returns null when the line is about no packet. */
export function readPacketLine(text: string): PacketLine | null {
  const [dated, date, clock, half, topic] = DATED.exec(text) ?? []
  if (dated === undefined || date === undefined || clock === undefined || topic !== 'PACKET') return null
  const packet = PACKET.exec(text.slice(dated.length))
  if (packet === null) return null
  const [, transport, direction, address = '', id = '', response, opcode = '', flags = '', type = '', name = ''] = packet
  const words = flags.split(' ').filter((word) => word !== '')
  return {
    date,
    clock,
    half: half === 'AM' || half === 'PM' ? half : null,
    transport: transport === 'TCP' ? 'tcp' : 'udp',
    received: direction === 'Rcv',
    address,
    transactionId: Number.parseInt(id, 16),
    isResponse: response === 'R',
    opcode,
    truncated: words.slice(1, -1).some((word) => word.includes('T')),
    rcode: words.at(-1) ?? '',
    type,
    name: readLengths(name.trimEnd()),
  }
}

/**
 * `(3)www(7)example(3)com(0)`: the number says how many octets follow, so a bracket inside a label is safe; `[C3]` is one
 * octet. Text that does not fit its numbers was damaged.
 */
function readLengths(text: string): CanonicalName {
  const labels: Uint8Array[] = []
  let at = 0
  while (at < text.length) {
    const [mark, digits] = /^\((\d{1,2})\)/.exec(text.slice(at, at + 4)) ?? []
    if (mark === undefined) return { ...nameFromLabels(labels), lossy: true }
    at += mark.length
    const size = Number(digits)
    if (size === 0) return at === text.length ? nameFromLabels(labels) : { ...nameFromLabels(labels), lossy: true }
    const octets: number[] = []
    while (octets.length < size && at < text.length) {
      const hex = /^\[([0-9A-Fa-f]{2})\]/.exec(text.slice(at, at + 4))?.[1]
      octets.push(hex === undefined ? text.charCodeAt(at) & 0xff : Number.parseInt(hex, 16))
      at += hex === undefined ? 1 : 4
    }
    labels.push(Uint8Array.from(octets))
  }
  return { ...nameFromLabels(labels), lossy: true }
}
