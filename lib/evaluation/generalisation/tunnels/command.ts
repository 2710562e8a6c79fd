import { base32, base58, base64, base64url, bytesField, cut, hex, number, SLIVER_32, symbolsOf, varintField } from '../encode'
import { around, cipher, MINUTE, plainText, SECOND, type TunnelKind, word } from '../kind'

const DNSCAT = 'iagox86/dnscat2 doc/protocol.md'

function dnscat2(isEncrypted: boolean, isIdle: boolean): TunnelKind['start'] {
  return ({ random }) => {
    const session = number(1 + random.below(65_000), 2)
    const types = random.pick<readonly [string, ...string[]]>([['TXT'], ['CNAME'], ['MX'], ['A'], ['AAAA'], ['TXT', 'CNAME', 'MX']])
    const prefix = random.chance(0.2) ? 'dnscat.' : ''
    let [sequence, ack, nonce] = [random.below(60_000), random.below(60_000), 0]
    const bytesOf = (index: number): Buffer => {
      const head = Buffer.concat([cipher(random, 2), Buffer.from([index === 0 ? 0 : 1]), session])
      const text = isIdle || random.chance(0.6) ? Buffer.alloc(0) : plainText(random, 8 + random.below(60))
      const sealed = isEncrypted ? Buffer.concat([cipher(random, 6), number(nonce++, 2)]) : Buffer.alloc(0)
      if (index === 0)
        return Buffer.concat([
          head,
          sealed,
          isEncrypted ? cipher(random, 4) : Buffer.concat([number(sequence, 2), number(1, 2), Buffer.from('console (host)\0')]),
        ])
      const body = isEncrypted ? cipher(random, 4 + text.length) : Buffer.concat([number(sequence, 2), number(ack, 2), text])
      sequence += text.length
      ack += random.chance(0.2) ? random.below(40) : 0
      return Buffer.concat([head, sealed, body])
    }
    return (index) => ({ after: around(random, SECOND, 0.1), name: prefix + cut(hex(bytesOf(index)), 60), qtype: random.pick(types) })
  }
}

/** Sliver's message: type, number with the session in its low bits, then a piece of data with its place. */
function sliverMessage(random: Parameters<typeof cipher>[0], session: number, index: number): Buffer {
  const id = varintField(2, ((random.below(255) + 1) << 24) | session)
  if (index % 3 !== 0) return Buffer.concat([varintField(1, 3), id, bytesField(6, cipher(random, 8))])
  const size = 400 + random.below(4_000)
  const start = random.below(size)
  return Buffer.concat([
    varintField(1, 7),
    id,
    varintField(3, start),
    varintField(4, start + 60),
    varintField(5, size),
    bytesField(6, cipher(random, 40 + random.below(60))),
  ])
}

const sliver =
  (encode: (bytes: Uint8Array) => string): TunnelKind['start'] =>
  ({ random }) => {
    const session = 1 + random.below(0xffffff)
    const qtype = random.pick(['TXT', 'A'])
    return (index) => ({
      after: around(random, index % 3 === 0 ? 200 : 1_500),
      name: cut(encode(sliverMessage(random, session, index)), 63),
      qtype,
    })
  }

const BEACON_WORDS = { A: 'cdn', TXT: 'api', AAAA: 'www6' } as const

export const commandTunnels: readonly TunnelKind[] = [
  {
    id: 'dnscat2, encrypted',
    tool: 'dnscat2',
    source: DNSCAT,
    what: 'Session with ECDH, TXT, CNAME, MX, A or AAAA, a packet a second, commands now and then.',
    start: dnscat2(true, false),
  },
  { id: 'dnscat2, plain', tool: 'dnscat2', source: DNSCAT, what: 'The same without encryption.', start: dnscat2(false, false) },
  { id: 'dnscat2, idle', tool: 'dnscat2', source: DNSCAT, what: 'Empty packets once a second.', start: dnscat2(true, true) },
  {
    ...{ id: 'Sliver, base32', tool: 'Sliver', source: 'BishopFox/sliver dnsclient.go, dnspb/dns.proto, util/encoders/base32.go' },
    what: 'Protobuf messages in its own base32, labels of 63, TXT or A.',
    start: sliver((bytes) => symbolsOf(bytes, SLIVER_32)),
  },
  {
    ...{ id: 'Sliver, base58', tool: 'Sliver', source: 'Sliver documentation, DNS C2: base58 where the resolver keeps case' },
    what: 'The same in base58, mixed case.',
    start: sliver(base58),
  },
  {
    ...{
      id: 'Cobalt Strike, tasked',
      tool: 'Cobalt Strike',
      source: 'Cobalt Strike manual, DNS Beacon; default profile words in public rules (Sigma)',
    },
    what: 'Counts, reads (cdn., api., www6.) and writes (post.) of a beacon that has work, A, TXT or AAAA.',
    start: ({ random }) => {
      const id = hex(cipher(random, 4))
      const mode = random.pick(['A', 'TXT', 'AAAA'] as const)
      return (index) => {
        const nonce = hex(cipher(random, 4)).replace(/^0+/, '') || '1'
        if (index % 20 === 0) return { after: 5 * SECOND, name: id, qtype: 'A' }
        if (index % 20 < 8) return { after: around(random, 200), name: `${BEACON_WORDS[mode]}.${nonce}.${id}`, qtype: mode }
        const labels = 1 + random.below(3)
        const data = Array.from({ length: labels }, (_, i) => `${i === 0 ? labels : ''}${hex(cipher(random, 12 + random.below(16)))}`).join(
          '.',
        )
        return { after: around(random, 200), name: `post.${data}.${nonce}.${id}`, qtype: 'A' }
      }
    },
  },
  {
    ...{
      id: 'Cobalt Strike, renamed words',
      tool: null,
      source: 'Public malleable profiles with a dns-beacon block (doc.bc., doc.tx., …)',
    },
    what: 'The same with the words of a profile, which no fingerprint can know; sleeps 5 s.',
    start: ({ random }) => {
      const id = hex(cipher(random, 4))
      const [read, write] = [`${word(random)}.${random.text('abcdefgh', 2)}`, `${word(random)}.${random.text('pqrstuvw', 2)}`]
      return (index) => {
        const nonce = hex(cipher(random, 4))
        const isRead = index % 5 < 3
        return {
          after: around(random, isRead ? 5 * SECOND : 200),
          name: isRead ? `${read}.${nonce}.${id}` : `${write}.1${hex(cipher(random, 20))}.${nonce}.${id}`,
          qtype: isRead ? 'TXT' : 'A',
        }
      }
    },
  },
  {
    ...{ id: 'Cobalt Strike, stager', tool: 'Cobalt Strike', source: 'Sigma net_dns_mal_cobaltstrike; default dns_stager_subhost' },
    what: 'aaa.stage.NUMBER, baa.stage.NUMBER, … as TXT, one after another.',
    start: ({ random }) => {
      const place = 1 + random.below(99_999_999)
      return (i) => ({
        after: around(random, 100),
        name: `${[1, 26, 676].map((step) => String.fromCharCode(97 + (Math.floor(i / step) % 26))).join('')}.stage.${place}`,
        qtype: 'TXT',
        responseBytes: 320,
      })
    },
  },
  {
    ...{ id: 'Mythic DNS profile', tool: 'Mythic', source: 'MythicC2Profiles/dns documentation-c2/DNS, dns.proto' },
    what: 'Protobuf packets in base32: session, message, chunks; A, AAAA or TXT; check-ins every 10 s.',
    start: ({ random }) => {
      const session = random.below(2 ** 32)
      const qtype = random.pick(['A', 'AAAA', 'TXT'])
      let [message, chunk, total] = [random.below(2 ** 32), 0, 4]
      return () => {
        if (chunk === total) [message, chunk, total] = [random.below(2 ** 32), 0, 3 + random.below(8)]
        const bytes = Buffer.concat([
          varintField(2, session),
          varintField(3, message),
          varintField(4, total),
          ...(chunk === 0 ? [] : [varintField(5, chunk)]),
          bytesField(6, cipher(random, chunk === total - 1 ? 30 : 90)),
        ])
        const after = chunk === 0 ? 10 * SECOND : 150
        chunk++
        return { after: around(random, after), name: cut(base32(bytes), 63), qtype }
      }
    },
  },
  {
    ...{ id: 'pisloader', tool: null, source: 'Palo Alto Unit 42, New Wekby Attacks Use DNS Requests as C2, 2016' },
    what: 'Four random letters and base32 text of commands, TXT, beacons every few seconds.',
    start:
      ({ random }) =>
      () => ({
        after: around(random, 4 * SECOND),
        name: `${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 4)}${base32(plainText(random, 10 + random.below(20))).toUpperCase()}.ns1`,
        qtype: 'TXT',
      }),
  },
  {
    ...{ id: 'Denis', tool: null, source: 'Kaspersky, Denis and Co, 2018' },
    what: 'base64 of a header and encrypted data in names asked as NULL.',
    start: ({ random }) => {
      const id = cipher(random, 4)
      return () => ({
        after: around(random, 3 * SECOND),
        name: `${cut(base64url(Buffer.concat([id, cipher(random, 20 + random.below(40))])), 60)}.z`,
        qtype: 'NULL',
      })
    },
  },
  {
    ...{ id: 'ISMDoor', tool: 'ISMAgent', source: 'Kaspersky, Denis and Co, 2018: n.n.c.SESSION and DATA.NUMBER.d.SESSION over AAAA' },
    what: 'Session set-up, then base64 pieces numbered from 0, AAAA.',
    start: ({ random }) => {
      const session = hex(cipher(random, 10)).toUpperCase()
      return (i) => ({
        after: around(random, SECOND),
        name: i % 30 === 0 ? `n.n.c.${session}` : `${base64(plainText(random, 36)).replace(/[+/=]/g, '-')}.${(i % 30) - 1}.d.${session}`,
        qtype: 'AAAA',
      })
    },
  },
  {
    ...{
      id: 'BONDUPDATER',
      tool: null,
      source: 'Palo Alto Unit 42, OilRig Uses Updated BONDUPDATER, 2018: GUID, packet number, action letter, hexadecimal data',
    },
    what: 'First label of GUID, three-digit number and action letter, second of hexadecimal data, A or TXT.',
    start: ({ random }) => {
      const guid = random.text('0123456789abcdef', 10)
      const qtype = random.pick(['A', 'TXT'])
      return (i) => ({
        after: around(random, 2 * SECOND),
        name: `${String(i % 1_000).padStart(3, '0')}${guid}${random.pick(['C', 'M', 'D'])}${random.below(10)}${random.below(10)}7T.${hex(plainText(random, 24))}.33333210100A`,
        qtype,
      })
    },
  },
  {
    ...{ id: 'Helminth', tool: null, source: 'Palo Alto Unit 42, The OilRig Campaign, 2016' },
    what: 'Sequence and hexadecimal text of a script’s output in one label below 00, A, asked by a script.',
    start: ({ random }) => {
      const id = random.text('0123456789abcdefghijklmnopqrstuvwxyz', 4)
      return (i) => ({
        after: around(random, 1.5 * SECOND),
        name: `00${id}${i.toString(36).padStart(5, '0')}${hex(plainText(random, 22))}`,
        qtype: 'A',
      })
    },
  },
  {
    ...{ id: 'RDAT', tool: null, source: 'Palo Alto Unit 42, OilRig Targets Middle Eastern Telecommunications Organization, 2020' },
    what: 'base32-like text of encrypted data, A, AAAA or TXT, jittered by a minute’s fraction.',
    start: ({ random }) => {
      const qtype = random.pick(['A', 'AAAA', 'TXT'])
      return () => ({ after: around(random, 8 * SECOND, 0.8), name: cut(base32(cipher(random, 30 + random.below(20))), 50), qtype })
    },
  },
  {
    ...{ id: 'DNSMessenger', tool: null, source: 'Cisco Talos, Covert Channels and Poor Decisions: The Tale of DNSMessenger, 2017' },
    what: 'Stages pulled in TXT below short random labels, a system number in front.',
    start: ({ random }) => {
      const id = String(100_000 + random.below(900_000))
      return (i) => ({
        after: around(random, 2 * SECOND),
        name: `${random.text('abcdefghijklmnopqrstuvwxyz', 3)}${i}.${random.pick(['mail', 'www'])}.${id}${random.text('0123456789', 6)}`,
        qtype: 'TXT',
        responseBytes: 280,
      })
    },
  },
  {
    ...{ id: 'reverse shell in TXT', tool: null, source: 'ahhh/Reverse_DNS_Shell README: base64 commands and output in TXT' },
    what: 'Output of commands in base64url, polls between them.',
    start:
      ({ random }) =>
      () => {
        const isPoll = random.chance(0.6)
        return { after: around(random, 2 * SECOND), name: `${cut(base64url(plainText(random, isPoll ? 12 : 60)), 60)}`, qtype: 'TXT' }
      },
  },
  {
    ...{ id: 'weasel', tool: null, source: 'facebookarchive/weasel README: AAAA only, encrypted, no state on the client' },
    what: 'A client number and base32 of encrypted data in labels of 63, AAAA, every few seconds.',
    start: ({ random }) => {
      const id = base32(cipher(random, 5))
      return () => ({
        after: around(random, 5 * SECOND),
        name: `${cut(base32(cipher(random, 25 + random.below(40))), 63)}.${id}`,
        qtype: 'AAAA',
      })
    },
  },
  {
    ...{ id: 'minute beacon', tool: null, source: 'Cobalt Strike manual, DNS Beacon: sleep 60 s with a number that changes' },
    what: 'One short hexadecimal number below a constant one, once a minute.',
    start: ({ random }) => {
      const id = hex(cipher(random, 4))
      return () => ({ after: around(random, MINUTE, 0.2), name: `${hex(cipher(random, 4))}.${id}`, qtype: 'A' })
    },
  },
]
