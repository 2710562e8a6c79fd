import { base32, base64url, cut, hex, number } from '../encode'
import { around, cipher, HOUR, MINUTE, plainText, SECOND, someDomain, type TunnelKind, WORDS, word } from '../kind'
import { saitamaNames } from './saitama'

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

const exfiltrator =
  (isBase32: boolean): TunnelKind['start'] =>
  ({ random, queries, zone }) => {
    const encode = isBase32 ? base32 : base64url
    const label = random.pick([63, 63, 30])
    const room = random.pick([255, 255, 120]) - zone.length - 12
    const characters = room - Math.ceil(room / (label + 1))
    const pause = random.pick([50, 500, 3 * SECOND])
    const data = Math.floor((characters * (isBase32 ? 5 : 6)) / 8)
    return (index) => {
      if (index === 0)
        return {
          after: 0,
          name: `init.${cut(base32(Buffer.from(`${word(random)}.${random.pick(['zip', 'xlsx', 'pst'])}|${queries - 1}`)), 63)}.${isBase32 ? 'base32' : 'base64'}`,
          qtype: 'TXT',
        }
      return { after: around(random, pause), name: `${index - 1}.${cut(encode(cipher(random, data)), label)}`, qtype: 'TXT' }
    }
  }

/** Tens of names a day at working hours or around the clock. */
const slow =
  (perDay: number): TunnelKind['start'] =>
  ({ random }) => {
    const encode = random.pick([hex, base32, base64url])
    const bytes = 12 + random.below(16)
    const qtype = random.pick(['A', 'A', 'AAAA', 'TXT'])
    return () => ({ after: around(random, (24 * HOUR) / perDay, 0.5), name: encode(cipher(random, bytes)), qtype })
  }

export const exfiltration: readonly TunnelKind[] = [
  {
    id: 'DNSExfiltrator, base64',
    tool: 'DNSExfiltrator',
    source: 'Arno0x/DNSExfiltrator dnsExfiltrator.cs',
    what: 'init with file name and number of chunks, then numbered chunks, default or smaller labels, TXT.',
    start: exfiltrator(false),
  },
  {
    id: 'DNSExfiltrator, base32',
    tool: 'DNSExfiltrator',
    source: 'Arno0x/DNSExfiltrator dnsExfiltrator.cs',
    what: 'The same in base32.',
    start: exfiltrator(true),
  },
  {
    ...{ id: 'OzymanDNS', tool: 'OzymanDNS', source: 'D. Kaminsky, OzymanDNS 0.1 droute.pl; samples at dnstunnel.de' },
    what: 'base32 upwards with number and session, numbered polls downwards, TXT.',
    start: ({ random }) => {
      const id = random.below(65_536)
      let at = 0
      return () => {
        const isUp = random.chance(0.5)
        const data = isUp ? `${cut(base32(cipher(random, 30 + random.below(60))), 60)}.` : ''
        at += 100
        return {
          after: around(random, 400),
          name: `${data}${at}-${random.below(65_536)}.id-${id}.${isUp ? 'up' : 'down'}.sshdns`,
          qtype: 'TXT',
        }
      }
    },
  },
  {
    ...{ id: 'goDoH', tool: 'goDoH', source: 'sensepost/godoh protocol/data.go, utils' },
    what: 'Stream, status, number, checksum and three labels of compressed data, A; polls as TXT.',
    start: ({ random }) => {
      const stream = hex(cipher(random, 2))
      return (i) => {
        const data = cipher(random, 40 + random.below(50))
        const labels = [0, 1, 2].map((at) => hex(data.subarray(at * 30, at * 30 + 30)))
        const used = labels.filter((label) => label !== '').length
        const checksum = crc32(data.subarray(0, 90)).toString(16)
        return {
          after: around(random, 500),
          name: `${stream}.${i === 0 ? 'be' : 'ef'}.${i}.${checksum.length % 2 ? `0${checksum}` : checksum}.1.${used}.${labels.map((label) => label || '0').join('.')}`,
          qtype: 'A',
        }
      }
    },
  },
  {
    ...{ id: 'dnsteal', tool: null, source: 'm57/dnsteal README: base64 pieces behind a count, file name at the end' },
    what: 'A count, base64 labels ended by a hyphen and the file’s name, A.',
    start: ({ random }) => {
      const file = `${word(random)}.txt`
      return () => ({
        after: around(random, 100),
        name: `3.${[0, 1, 2].map(() => `${base64url(cipher(random, 36)).replace(/_/g, '*')}-`).join('.')}.${file}`,
        qtype: 'A',
      })
    },
  },
  {
    ...{ id: 'DET', tool: null, source: 'sensepost/DET plugins/dns.py: hexadecimal of job|!|number|!|data' },
    what: 'The whole message in hexadecimal, labels of 63, job number in front.',
    start: ({ random }) => {
      const job = random.text('abcdefghijklmnopqrstuvwxyz0123456789', 7)
      return (i) => ({
        after: around(random, 2 * SECOND, 0.9),
        name: cut(hex(Buffer.from(`${job}|!|${i}|!|${base64url(cipher(random, 30))}`)), 63),
        qtype: 'A',
      })
    },
  },
  {
    ...{ id: 'card stealer', tool: null, source: 'FrameworkPOS, UDPoS and MULTIGRAIN as described by G DATA, Forcepoint and FireEye' },
    what: 'Machine number, a word for the kind of message, and the record in hexadecimal, base32 or shifted text; a record now and then.',
    start: ({ random }) => {
      const machine = hex(cipher(random, 5))
      const encode = random.pick([hex, base32])
      return (i) => ({
        after: around(random, 20 * SECOND, 0.9),
        name:
          i % 20 === 0
            ? `${machine}.ping.${hex(cipher(random, 3))}`
            : `${machine}.${random.pick(['trp', 'log', 'note'])}.${cut(encode(plainText(random, 28 + random.below(20))), 50)}`,
        qtype: 'A',
      })
    },
  },
  {
    ...{
      id: 'Heisenberg: three short labels',
      tool: null,
      source: 'Žiža et al., IJIS 2023: modified DNSExfiltrator, at most nine bytes a name',
    },
    what: 'Five or six base32 characters in each of three labels, A.',
    start:
      ({ random }) =>
      () => ({
        after: around(random, SECOND),
        name: [0, 1, 2].map(() => base32(cipher(random, 3 + random.below(2))).slice(0, 5 + random.below(2))).join('.'),
        qtype: 'A',
      }),
  },
  {
    ...{ id: 'words for bytes', tool: null, source: 'TryCatchHCF/PacketWhisper and Cloakify: a list of words as alphabet' },
    what: 'Two readable words a name, each stands for a byte; asked as A.',
    start:
      ({ random }) =>
      () => ({
        after: around(random, 500),
        name: `${WORDS[random.below(WORDS.length)] ?? ''}.${WORDS[random.below(WORDS.length)] ?? ''}${random.below(10)}`,
        qtype: 'A',
      }),
  },
  {
    ...{ id: 'DNSStager', tool: null, source: 'mhaskar/DNSStager README: payload in AAAA or TXT below cloud-srv-N' },
    what: 'Counting names, answers carry the payload, AAAA or TXT, sleep between them.',
    start: ({ random }) => {
      const [qtype, pause, prefix] = [random.pick(['AAAA', 'TXT']), random.pick([100, SECOND]), word(random)]
      return (i) => ({ after: around(random, pause), name: `${prefix}-${i}`, qtype })
    },
  },
  {
    ...{ id: 'file in TXT', tool: null, source: 'Practice of serving payloads by TXT; breenmachine/dnsftp README' },
    what: '0.zone, 1.zone, …: each answer a full TXT record.',
    start:
      ({ random }) =>
      (i) => ({ after: around(random, 150), name: String(i), qtype: 'TXT', responseBytes: 330 }),
  },
  {
    ...{
      id: 'shell by nslookup',
      tool: null,
      source: 'Scripts that call nslookup or dig with hexadecimal output, as in published red-team notes',
    },
    what: 'Number and hexadecimal text in two labels, TXT, a line of output every second.',
    start:
      ({ random }) =>
      (i) => ({
        after: around(random, SECOND),
        name: `${i}.${hex(plainText(random, 16 + random.below(14)))}`,
        qtype: random.pick(['TXT', 'A']),
      }),
  },
  {
    ...{ id: 'Saitama', tool: 'Saitama', source: 'fox-it/saitama-server; Malwarebytes, APT34 targets Jordan Government, 2022' },
    what: 'Shuffled base36 with a counter below three domains, A, 40 to 80 s apart.',
    zones: (random) => [someDomain(random), someDomain(random), someDomain(random)],
    start: ({ random, queries }) => {
      const names = saitamaNames(random, queries)
      return (i) => ({ after: around(random, MINUTE, 0.3), name: names[i] ?? '', qtype: 'A' })
    },
  },
  {
    ...{ id: 'SUNBURST-like', tool: null, source: 'FireEye, Highly Evasive Attacker Leverages SolarWinds, 2020: shape only, other domain' },
    what: 'Substituted text of 16 to 32 characters below appsync-api and a region, every half hour.',
    start: ({ random }) => {
      const id = random.text('ph2eifo3n5utg1j8d94qrvbmk0sal76c', 15)
      return () => ({
        after: around(random, 30 * MINUTE, 0.5),
        name: `${random.chance(0.3) ? id : random.text('ph2eifo3n5utg1j8d94qrvbmk0sal76c', 15)}${random.text('rq3gsalt6u1iyfzop572d49bnx8cvmkewhj', 1 + random.below(16))}.appsync-api.${random.pick(['eu-west-1', 'us-west-2'])}`,
        qtype: 'A',
      })
    },
  },
  {
    id: 'slow, 100 names a day',
    tool: null,
    source: 'Rates of published implants (Saitama, Decoy Dog)',
    what: '12 to 28 bytes in hexadecimal, base32 or base64url, A, AAAA or TXT.',
    start: slow(100),
  },
  { id: 'slow, 40 names a day', tool: null, source: 'The same', what: 'The same, every 36 minutes.', start: slow(40) },
  {
    ...{
      id: 'ten domains in turn',
      tool: null,
      source: 'Rotation of domains as in Saitama and Sliver’s documentation, ten instead of three',
    },
    what: 'base36 of 24 characters, each lookup below another of ten domains.',
    zones: (random) => Array.from({ length: 10 }, () => someDomain(random)),
    start:
      ({ random }) =>
      () => ({ after: around(random, 2 * SECOND), name: random.text('abcdefghijklmnopqrstuvwxyz0123456789', 24), qtype: 'A' }),
  },
  {
    ...{ id: 'behind a resolver', tool: null, hidesClient: true, source: 'Logs of a forwarder see one client for all' },
    what: 'base32 of 30 to 50 bytes, asked by the address that asks for everybody.',
    start:
      ({ random }) =>
      () => ({
        after: around(random, SECOND),
        name: cut(base32(cipher(random, 30 + random.below(20))), 63),
        qtype: 'TXT',
        source: '10.0.0.1',
      }),
  },
  {
    ...{ id: 'below a dynamic-DNS name', tool: null, source: 'Infoblox, Decoy Dog: controllers below free DNS zones' },
    what: 'hexadecimal of 24 bytes below a name of duckdns.org, ddns.net, com.br or an IDN.',
    zones: (random) => [random.pick(['myhost.duckdns.org', 'office.ddns.net', 'empresa.com.br', 'xn--bcher-kva.example', 'firma.co.at'])],
    start:
      ({ random }) =>
      () => ({ after: around(random, SECOND), name: hex(cipher(random, 24)), qtype: random.pick(['A', 'TXT']) }),
  },
  {
    ...{
      id: 'with a search list',
      tool: null,
      source: 'Windows and resolv.conf search lists: a failed name is asked again with the suffix',
    },
    what: 'base32 of 30 bytes; every name fails and is asked again below the organisation’s domain.',
    start: ({ random, zone }) => {
      let name = ''
      return (i) => {
        if (i % 2 === 1) return { after: 20, name: `${name}.${zone}`, zone: 'corp.made-example.com', rcode: 'NXDOMAIN' }
        name = base32(cipher(random, 30))
        return { after: around(random, SECOND), name, rcode: 'NXDOMAIN' }
      }
    },
  },
  {
    ...{ id: 'seen with a tail only', tool: null, source: 'The same, where the sensor sees the resolver of the local zone alone' },
    what: 'base32 of 30 bytes below the domain below .lan: the inner domain is the tunnel’s.',
    start:
      ({ random, zone }) =>
      () => ({ after: around(random, SECOND), name: `${base32(cipher(random, 30))}.${zone}`, zone: 'lan' }),
  },
  {
    ...{ id: 'counter and noise', tool: null, source: 'Padding against caches as in several published proofs of concept' },
    what: 'A number of five digits and 8 random bytes in hexadecimal, hyphened.',
    start:
      ({ random }) =>
      (i) => ({
        after: around(random, 3 * SECOND),
        name: `${String(10_000 + i)}-${hex(cipher(random, 8))}${hex(number(i, 2))}`,
        qtype: 'A',
      }),
  },
]
