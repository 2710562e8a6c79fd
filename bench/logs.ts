import { addressOf, type Lookup, START_MS } from './traffic'

/** A log of lookups, in pieces. */
export interface LogWriter {
  readonly format: string
  /** What comes before the first lookup. */
  readonly head: Buffer
  write(lookup: Lookup): Buffer
  /** Lines, documents or packets a lookup. */
  readonly recordsPerLookup: number
  readonly isJson: boolean
}

const secondsOf = ({ at }: Lookup): string => (at / 1000).toFixed(6)
const portOf = ({ n }: Lookup): number => 1024 + (n % 60_000)

export const zeekTsv: LogWriter = {
  format: 'zeek-tsv',
  recordsPerLookup: 1,
  isJson: false,
  head: Buffer.from(
    `${[
      '#separator \\x09',
      '#set_separator\t,',
      '#empty_field\t(empty)',
      '#unset_field\t-',
      '#path\tdns',
      '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\tqclass\tqclass_name\tqtype\tqtype_name\trcode\trcode_name\tAA\tTC\tRD\tRA\tZ\tanswers\tTTLs\trejected',
    ].join('\n')}\n`,
  ),
  write: (lookup) =>
    Buffer.from(
      `${secondsOf(lookup)}\tC${lookup.n.toString(36)}\t${addressOf(lookup)}\t${portOf(lookup)}\t10.1.0.53\t53\tudp\t${lookup.n & 0xffff}\t0.004231\t${lookup.qname}\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\tedge.example.net,192.0.2.${lookup.n % 250}\t300.000000,60.000000\tF\n`,
    ),
}

export const zeekJson: LogWriter = {
  format: 'zeek-json',
  recordsPerLookup: 1,
  isJson: true,
  head: Buffer.alloc(0),
  write: (lookup) =>
    Buffer.from(
      `{"ts":${secondsOf(lookup)},"uid":"C${lookup.n.toString(36)}","id.orig_h":"${addressOf(lookup)}","id.orig_p":${portOf(lookup)},"id.resp_h":"10.1.0.53","id.resp_p":53,"proto":"udp","trans_id":${lookup.n & 0xffff},"rtt":0.004231,"query":"${lookup.qname}","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A","rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"answers":["edge.example.net","192.0.2.${lookup.n % 250}"],"TTLs":[300.0,60.0],"rejected":false}\n`,
    ),
}

/** Packetbeat's documents. */
export const packetbeat: LogWriter = {
  format: 'ecs',
  recordsPerLookup: 1,
  isJson: true,
  head: Buffer.alloc(0),
  write(lookup) {
    const client = { ip: addressOf(lookup), port: portOf(lookup), bytes: 47 }
    const server = { ip: '10.1.0.53', port: 53, bytes: 121 }
    return Buffer.from(
      `${JSON.stringify({
        '@timestamp': new Date(lookup.at).toISOString(),
        agent: { name: 'sensor-1', type: 'packetbeat', version: '8.19.0' },
        ...{ client, source: client, destination: server, server },
        dns: {
          id: lookup.n & 0xffff,
          question: { name: lookup.qname, type: 'A', class: 'IN' },
          answers: [{ name: lookup.qname, type: 'A', class: 'IN', ttl: '60', data: '192.0.2.7' }],
          answers_count: 1,
          response_code: 'NOERROR',
          type: 'answer',
        },
        ecs: { version: '8.17.0' },
        event: { category: ['network'], dataset: 'network_traffic.dns', kind: 'event', type: ['connection', 'protocol'] },
        host: { name: 'sensor-1', ip: ['10.9.9.9'] },
        network: { transport: 'udp', protocol: 'dns', bytes: 168 },
      })}\n`,
    )
  },
}

function dnsMessage(lookup: Lookup, isResponse: boolean): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt16BE(lookup.n & 0xffff, 0)
  header.writeUInt16BE(isResponse ? 0x8180 : 0x0100, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(isResponse ? 1 : 0, 6)
  const labels = lookup.qname.split('.').map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1'))
  const answer = isResponse ? [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, lookup.n % 250] : []
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, 1, 0, 1]), Buffer.from(answer)])
}

const clientOctets = ({ client }: Lookup): readonly number[] => [10, 1, client >> 8, client & 255]
const SERVER_OCTETS = [10, 1, 0, 53]

/** One packet with record, Ethernet, IPv4 and UDP headers. */
function packet(lookup: Lookup, isResponse: boolean): Buffer {
  const message = dnsMessage(lookup, isResponse)
  const bytes = Buffer.alloc(16 + 14 + 20 + 8 + message.length)
  bytes.writeUInt32LE(Math.floor(lookup.at / 1000), 0)
  bytes.writeUInt32LE((lookup.at % 1000) * 1000 + (isResponse ? 400 : 0), 4)
  bytes.writeUInt32LE(bytes.length - 16, 8)
  bytes.writeUInt32LE(bytes.length - 16, 12)
  bytes.writeUInt16BE(0x0800, 28)
  bytes[30] = 0x45
  bytes.writeUInt16BE(bytes.length - 30, 32)
  bytes[39] = 17
  const client = clientOctets(lookup)
  bytes.set(isResponse ? [...SERVER_OCTETS, ...client] : [...client, ...SERVER_OCTETS], 42)
  bytes.writeUInt16BE(isResponse ? 53 : portOf(lookup), 50)
  bytes.writeUInt16BE(isResponse ? portOf(lookup) : 53, 52)
  bytes.writeUInt16BE(bytes.length - 50, 54)
  message.copy(bytes, 58)
  return bytes
}

function pcapHead(): Buffer {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt32LE(262_144, 16)
  header.writeUInt32LE(1, 20)
  return header
}

export const pcap: LogWriter = {
  format: 'pcap',
  recordsPerLookup: 2,
  isJson: false,
  head: pcapHead(),
  write: (lookup) => Buffer.concat([packet(lookup, false), packet(lookup, true)]),
}

function varint(value: number): number[] {
  const octets: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...octets, rest]
    octets.push((rest % 128) | 128)
  }
}

const number = (field: number, value: number): Buffer => Buffer.from([...varint(field << 3), ...varint(value)])
const octets = (field: number, value: Uint8Array | readonly number[]): Buffer =>
  Buffer.concat([Buffer.from([...varint((field << 3) | 2), ...varint(value.length)]), Buffer.from(value)])

function fixed32(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(5)
  bytes[0] = (field << 3) | 5
  bytes.writeUInt32LE(value, 1)
  return bytes
}

/** A frame of a frame stream around a CLIENT_QUERY or CLIENT_RESPONSE message. */
function tapFrame(lookup: Lookup, isResponse: boolean): Buffer {
  const seconds = Math.floor(lookup.at / 1000)
  const nanos = (lookup.at % 1000) * 1e6
  const times = isResponse ? [number(12, seconds), fixed32(13, nanos + 400_000)] : []
  const message = Buffer.concat([
    ...[number(1, isResponse ? 6 : 5), number(2, 1), number(3, 1)],
    ...[octets(4, clientOctets(lookup)), octets(5, SERVER_OCTETS), number(6, portOf(lookup)), number(7, 53)],
    ...[number(8, seconds), fixed32(9, nanos), ...times],
    octets(isResponse ? 14 : 10, dnsMessage(lookup, isResponse)),
  ])
  const tap = Buffer.concat([octets(1, Buffer.from('resolver-1')), octets(14, message), number(15, 1)])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(tap.length)
  return Buffer.concat([length, tap])
}

function tapHead(): Buffer {
  const type = Buffer.from('protobuf:dnstap.Dnstap')
  const start = Buffer.alloc(20)
  start.writeUInt32BE(12 + type.length, 4)
  start.writeUInt32BE(2, 8)
  start.writeUInt32BE(1, 12)
  start.writeUInt32BE(type.length, 16)
  return Buffer.concat([start, type])
}

export const dnstap: LogWriter = {
  format: 'dnstap',
  recordsPerLookup: 2,
  isJson: false,
  head: tapHead(),
  write: (lookup) => Buffer.concat([tapFrame(lookup, false), tapFrame(lookup, true)]),
}

export const logWriters: readonly LogWriter[] = [zeekTsv, zeekJson, packetbeat, pcap, dnstap]
export const NOW_MS = START_MS + 86_400_000 * 30
