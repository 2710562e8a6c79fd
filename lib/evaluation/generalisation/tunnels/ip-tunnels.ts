import { deflateSync } from 'node:zlib'
import type { Random } from '../../benign-week/random'
import { base32, base64, base64url, cut, hex, IODINE_32, IODINE_64, IODINE_64U, IODINE_128, number, shown, symbolsOf } from '../encode'
import { around, cipher, plainText, type Session, type TunnelKind } from '../kind'

const IODINE_SOURCE = 'yarrick/iodine doc/proto_00000502.txt, src/client.c'
const COUNTER = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** An IPv4 packet as a shell or a page makes it. */
function packet(random: Random, bytes: number): Buffer {
  const body = random.chance(0.5) ? plainText(random, bytes) : cipher(random, bytes)
  const header = Buffer.from([0x45, 0, 0, 0, random.below(256), random.below(256), 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1])
  header.writeUInt16BE(20 + bytes, 2)
  return Buffer.concat([header, body])
}

function iodineHandshake({ random }: Session): string[] {
  let count = random.below(65_536)
  const cmc = () => symbolsOf(number(count++, 2), IODINE_32).slice(0, 3)
  const version = () => `v${symbolsOf(Buffer.concat([number(0x502, 4), number(count++, 2)]), IODINE_32)}`
  const login = `l${symbolsOf(Buffer.concat([Buffer.from([0]), cipher(random, 16), number(count++, 2)]), IODINE_32)}`
  const tests = [
    'aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ+0123456789',
    'aA-Aaahhh-Drink-mal-ein-J\xe4germeister-',
    'aA-La-fl\xfbte-na\xefve-fran\xe7aise-est-retir\xe9-\xe0-Cr\xe8te',
  ]
  const probes = ['t', 's', 'u', 'v', 'r'].slice(0, 2 + random.below(4)).map((codec) => `y${codec}b${cmc()}`)
  const sizes = Array.from(
    { length: 4 + random.below(8) },
    (_, i) =>
      `r${symbolsOf(Buffer.concat([number((1_200 >> (i % 5)) + i, 2)]), IODINE_32).slice(0, 3)}d${cut(symbolsOf(cipher(random, 90), IODINE_32), 57)}`,
  )
  return [
    version(),
    version(),
    login,
    ...probes,
    ...tests.map((test) => `z${cmc()}${shown(test)}`),
    `sa${random.pick(['f', 'g', 'h', 'z'])}${cmc()}`,
    `oa${random.pick(['t', 'l', 'i'])}${cmc()}`,
    ...sizes,
    `n${symbolsOf(Buffer.concat([Buffer.from([0]), number(1_130, 2), number(count++, 2)]), IODINE_32)}`,
  ]
}

/** The five symbols in front of every fragment, then the fragment in the codec agreed on. */
function iodineData(random: Random, alphabet: string, index: number, bytes: number): string {
  const bits = ((index % 8) << 12) | (0 << 8) | ((index % 8) << 5) | (0 << 1) | 1
  const header = [10, 5, 0].map((shift) => IODINE_32.charAt((bits >> shift) & 31)).join('')
  const body = symbolsOf(deflateSync(packet(random, bytes), { level: 9 }), alphabet)
  return cut(shown(`0${header}${COUNTER.charAt(index % 36)}${body}`).slice(0, 230), 57)
}

const IODINE_TYPES = ['NULL', 'PRIVATE', 'TXT', 'SRV', 'MX', 'CNAME', 'A'] as const

export const iodineStart: TunnelKind = {
  ...{ id: 'iodine, handshake only', tool: 'iodine', source: IODINE_SOURCE },
  what: 'Version, login, type, codec and size tests, repeated when they time out; the tunnel never comes up.',
  start: (session) => {
    const { random } = session
    const names = Array.from({ length: 12 }, () => iodineHandshake(session)).flat()
    const qtype = random.pick(IODINE_TYPES)
    return (index) => ({ after: around(random, random.chance(0.3) ? 1_000 : 60), name: names[index] ?? 'end', qtype })
  },
}

export const iodine: TunnelKind = {
  ...{ id: 'iodine', tool: 'iodine', source: IODINE_SOURCE },
  what: 'Handshake, then compressed IP packets in base32, base64, base64u or base128 and keep-alives every 4 s; NULL, PRIVATE, TXT, SRV, MX, CNAME or A.',
  start: (session) => {
    const { random } = session
    const names = iodineHandshake(session)
    const alphabet = random.pick([IODINE_32, IODINE_64, IODINE_64U, IODINE_128])
    const qtype = random.pick(IODINE_TYPES)
    const busy = 0.2 + 0.7 * random.next()
    let cmc = random.below(65_536)
    return (index) => {
      if (index < names.length) return { after: around(random, 80), name: names[index] ?? '', qtype }
      const isData = random.chance(busy)
      const ping = `p${symbolsOf(Buffer.concat([Buffer.from([0, random.below(128)]), number(cmc++, 2)]), IODINE_32)}`
      return {
        after: around(random, isData ? 150 : 4_000),
        name: isData ? iodineData(random, alphabet, index, 20 + random.below(60)) : ping,
        qtype,
      }
    }
  },
}

export const iodineIdle: TunnelKind = {
  ...{ id: 'iodine, lazy and idle', tool: 'iodine', source: IODINE_SOURCE },
  what: 'A tunnel that was up before the log begins: keep-alives every 4 s and nothing else.',
  start: ({ random }) => {
    let cmc = random.below(65_536)
    const qtype = random.pick(IODINE_TYPES)
    return () => ({
      after: around(random, 4_000, 0.1),
      name: `p${symbolsOf(Buffer.concat([Buffer.from([1, random.below(3)]), number(cmc++, 2)]), IODINE_32)}`,
      qtype,
    })
  },
}

export const dns2tcp: TunnelKind = {
  ...{ id: 'dns2tcp', tool: 'dns2tcp', source: 'alex-sector/dns2tcp common/includes/packet.h, client/requests.c' },
  what: 'A command in front of `=auth` and `=connect`, then base64 of a 7-byte header and data; TXT or KEY.',
  start: ({ random }) => {
    const id = 1 + random.below(65_000)
    const qtype = random.pick(['TXT', 'TXT', 'KEY'])
    let sequence = 1 + random.below(500)
    const label = (bytes: Buffer) => cut(base64(bytes).replace(/=+$/, ''), 63)
    return (index) => {
      const header = (type: number) =>
        Buffer.concat([number(id, 2), number(index < 2 ? 0 : sequence - 1, 2), number(sequence++, 2), Buffer.from([type])])
      if (index === 0) return { after: 0, name: `${label(Buffer.concat([number(0, 4), number(0, 2), Buffer.from([0])]))}.=auth`, qtype }
      if (index === 1) return { after: 50, name: `${label(Buffer.concat([header(8), cipher(random, 20)]))}.=auth`, qtype }
      if (index === 2) return { after: 50, name: `${label(Buffer.concat([header(8), Buffer.from('ssh')]))}.=connect`, qtype }
      const isData = random.chance(0.5)
      return {
        after: around(random, isData ? 120 : 700),
        name: label(isData ? Buffer.concat([header(8), cipher(random, 10 + random.below(100))]) : header(4)),
        qtype,
      }
    }
  },
}

export const dnstt: TunnelKind = {
  ...{ id: 'dnstt', tool: 'dnstt', source: 'Mygod/dnstt dnstt-client/dns.go' },
  what: 'Client number, padding and KCP packets in lower-case base32, as TXT; polls from half a second up to ten seconds apart.',
  start: ({ random }) => {
    const client = cipher(random, 8)
    let pause = 500
    return () => {
      const isData = random.chance(0.3)
      pause = isData ? 500 : Math.min(10_000, pause * 2)
      const padding = isData ? 3 : 8
      const data = isData ? cipher(random, 24 + random.below(100)) : Buffer.alloc(0)
      const parts = [client, Buffer.from([0xe0 + padding]), cipher(random, padding), ...(isData ? [Buffer.from([data.length]), data] : [])]
      return { after: around(random, pause), name: cut(base32(Buffer.concat(parts)), 63), qtype: 'TXT', responseBytes: 900 }
    }
  },
}

export const tuns: TunnelKind = {
  ...{ id: 'TUNS', tool: null, source: 'Nussbaum et al., On Robust Covert Channels Inside DNS, IFIP SEC 2009' },
  what: 'IP packets in base32 in names of at most 140 characters, CNAME only, polls in between.',
  start: ({ random }) => {
    let count = 0
    return () => {
      const isData = random.chance(0.6)
      const body = isData ? base32(packet(random, 10 + random.below(40))).slice(0, 120) : `l${base32(number(count++, 4))}`
      return { after: around(random, 400), name: cut(body, 60), qtype: 'CNAME' }
    }
  },
}

export const tcpOverDns: TunnelKind = {
  ...{ id: 'TCP-over-DNS', tool: null, source: 'T. Strelitzia, TCP-over-DNS 1.3 manual: LZMA or zlib, base16 and base64, TXT or CNAME' },
  what: 'Compressed stream data behind a client number, as TXT or CNAME.',
  start: ({ random }) => {
    const id = hex(cipher(random, 2))
    const qtype = random.pick(['TXT', 'CNAME'])
    let sequence = 0
    return () => ({
      after: around(random, 250),
      name: `${cut(`${id}${hex(number(sequence++, 2))}${hex(cipher(random, random.chance(0.5) ? 6 : 40))}`, 60)}`,
      qtype,
    })
  },
}

export const heyoka: TunnelKind = {
  ...{
    id: 'Heyoka',
    tool: null,
    hidesClient: true,
    source: 'Revelli and Leidecker, Heyoka, ShakaCon 2009: binary labels, forged source addresses, EDNS0',
  },
  what: 'Data in base32 from forged addresses of the client’s network, TXT or NULL.',
  start: ({ random }) => {
    const qtype = random.pick(['TXT', 'NULL'])
    return () => ({
      after: around(random, 300),
      name: cut(base32(cipher(random, 50 + random.below(50))), 63),
      qtype,
      source: `10.9.${random.below(2)}.${random.below(250)}`,
    })
  },
}

export const dnscapy: TunnelKind = {
  ...{ id: 'DNScapy', tool: null, source: 'P. Bienaimé, DNScapy: SSH over DNS, base64 in CNAME and TXT' },
  what: 'base64url pieces behind message number, connection and length labels, CNAME or TXT at random.',
  start: ({ random }) => {
    const connection = random.below(1_000)
    let message = 0
    return () => ({
      after: around(random, 300),
      name: `${cut(base64url(cipher(random, 20 + random.below(60))), 63)}.${message++}.${connection}`,
      qtype: random.pick(['CNAME', 'TXT']),
    })
  },
}

export const ipTunnels: readonly TunnelKind[] = [iodineStart, iodine, iodineIdle, dns2tcp, dnstt, tuns, tcpOverDns, heyoka, dnscapy]
