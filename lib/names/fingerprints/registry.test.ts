import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BASE32, encodeText, IODINE64, IODINE128 } from '../decode/base-n'
import type { GroupName } from './name-group'
import { FINGERPRINTS, identify } from './registry'
import * as made from './testing/made-names'
import { each, inLabels, randomBytes } from './testing/made-names'

const zone = 'example.com'
interface Asked {
  readonly below?: string
  readonly qtype?: string
  readonly everyMs?: number
}
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
/** Presentation form, as a log reader gives it. */
const shown = (text: string) => text.replace(/[\x80-\xff]/g, (char) => `\\${char.charCodeAt(0)}`)
const group = (labels: readonly string[], { below = `t.${zone}`, qtype = 'TXT', everyMs = 1_000 }: Asked = {}) => ({
  zone,
  names: labels.map((label, i): GroupName => {
    const raw = `${shown(label)}.${below}`
    return { name: lower(raw), raw: lower(raw) === raw ? null : raw, qtype, rcode: 'NOERROR', at: i * everyMs }
  }),
})
const tool = (labels: readonly string[], asked?: Asked) => {
  const found = identify(group(labels, asked))
  return found === null ? null : `${found.name} ${found.confidence}`
}
const packets = (i: number) => made.ipPacket(`packet number ${i} of a test`)

describe('tools, by names made after their published format', () => {
  test.each<[string, readonly string[], string]>([
    [
      'iodine: handshake',
      [made.iodineVersion(7), made.iodineLogin(0, 8), 'ytbaaj', 'zaaaaA-Aaahhh-Drink-mal-ein-J\xe4germeister-'],
      'iodine certain',
    ],
    ['iodine: keep-alives that count', each(6, (i) => made.iodinePing(0, 65_533 + i)), 'iodine certain'],
    ['iodine: packets in base32', each(6, (i) => made.iodineData(i, packets(i))), 'iodine certain'],
    ['iodine: packets in base64', each(6, (i) => made.iodineData(i, packets(i), IODINE64)), 'iodine certain'],
    ['iodine: packets in base128', each(6, (i) => made.iodineData(i, packets(i), IODINE128)), 'iodine certain'],
    ['dnscat2: encrypted', each(4, (i) => made.dnscat2Encrypted(i)), 'dnscat2 certain'],
    ['dnscat2: plain', each(4, (i) => made.dnscat2Plain(i, 'whoami\n', 100 + 7 * i)), 'dnscat2 certain'],
    ['dnscat2: with its own prefix', each(4, (i) => `dnscat.${made.dnscat2Encrypted(i)}`), 'dnscat2 certain'],
    ['dns2tcp: headers of a session', each(8, (i) => made.dns2tcpPacket(i, i % 2 === 0 ? null : randomBytes(i, 60))), 'dns2tcp certain'],
    [
      'DNSExfiltrator: announcement and chunks',
      [made.exfiltratorInit('payroll.xlsx', 9), ...each(9, made.exfiltratorChunk)],
      'DNSExfiltrator certain',
    ],
    ['dnstt: polls and packets of a client', each(6, (i) => made.dnsttQuery(i, i % 2 === 0 ? null : randomBytes(i, 40))), 'dnstt certain'],
    ['Sliver: protobuf messages', each(5, (i) => made.sliverMessage(i)), 'Sliver certain'],
    ['Sliver: the same in base58', each(5, (i) => made.sliverMessage58(i)), 'Sliver certain'],
    ['Mythic: pieces of a message', each(6, (i) => made.mythicPacket(i)), 'Mythic certain'],
    ['goDoH: checksums', each(4, (i) => made.godohRequest(i)), 'goDoH certain'],
    ['Pupy: nonces that follow', made.pupyRequests(6), 'Pupy certain'],
    ['Cobalt Strike: reads', each(6, (i) => `api.${(0x12abc2c0 + 977 * i).toString(16)}.446f35fa`), 'Cobalt Strike medium'],
    [
      'Cobalt Strike: writes count their labels',
      each(
        6,
        (i) => `post.2${randomBytes(i, 20).toString('hex')}.${randomBytes(-i, 9).toString('hex')}.${(4_096 + i).toString(16)}.446f35fa`,
      ),
      'Cobalt Strike high',
    ],
    ['Cobalt Strike: stager', ['aaa', 'baa', 'caa', 'daa', 'eaa'].map((count) => `${count}.stage.123456`), 'Cobalt Strike high'],
    ['OzymanDNS', each(4, (i) => `${encodeText(randomBytes(i, 30), BASE32)}.${695 + i}-0.id-32227.up`), 'OzymanDNS high'],
    ['ALMA', each(3, (i) => `6741ID08faa2150${i}-29-852070616163167653283635-5F446E73496E69742E747874`), 'ALMA high'],
    ['ISMAgent', ['n.n.c.0123456789ABCDEF', 'aHR0cDovLzE3M.0.d.0123456789ABCDEF', 'i4xLjIuMy9h.1.d.0123456789ABCDEF'], 'ISMAgent high'],
    [
      'NSTX',
      each(12, (i) => `cT${encodeText(randomBytes(i, 30), { ...BASE32, symbols: 'ABCDEFGHIJKLMNOPqrstuvwxyz234567' })}`),
      'NSTX low',
    ],
  ])('%s', (_, labels, expected) => {
    expect(tool(labels)).toBe(expected)
  })

  test('dnstt: the example in its source', () => {
    const [example = ''] = ['ingesrkokreujy6zumkse43vobsxey3bnruwm4tbm5uwy2ltoruwgzlyobuwc3d.jmrxwg2lpovzq']
    const names = [example, ...each(2, (i) => made.dnsttQuery(i, null, Buffer.from('CLIENTID')))]
    const found = identify(group(names, { below: 't.example.com' }))
    expect(found).toMatchObject({ name: 'dnstt', confidence: 'certain' })
    expect(Buffer.from(found?.carried?.pieces[0] ?? []).toString()).toBe('supercalifragilisticexpialidocious')
  })

  test('Saitama: the names below one domain in the published log of its server', () => {
    const published = ['79ovn', 'pp4eekov2', 'zz6xxqov0', 'noq0000v1lg74qthzbek08zzh31k0ove', 'ei9u12v0n4awaqzmewjnu7s054ovq']
    const found = identify(group(published, { below: zone, qtype: 'A', everyMs: 60_000 }))
    expect(found).toMatchObject({ name: 'Saitama', confidence: 'certain' })
    // 61: what follows is compressed.
    expect(found?.carried?.pieces[0]?.[0]).toBe(61)
  })

  test('dns2tcp whose case the log lost: by its commands, or by where the type stands', () => {
    expect(tool(['aaaaaeanaa.=auth', 'irsbgaabadewmdc2rde3mdy.=auth', 'irrns1n+agh0dha.=connect'])).toBe('dns2tcp high')
    expect(tool(each(12, (i) => lower(made.dns2tcpPacket(i, i % 3 === 0 ? randomBytes(i, 50) : null))))).toBe('dns2tcp high')
  })

  test('SUNBURST and call-back services by their published domains, matched whole', () => {
    const names = (domain: string) => ({
      zone: domain,
      names: each(3, (i): GroupName => {
        const name = `${randomBytes(i, 8).toString('hex')}0bcdefgh.appsync-api.us-west-2.${domain}`
        return { name, raw: null, qtype: 'A', rcode: 'NOERROR', at: i }
      }),
    })
    expect(identify(names('avsvmcloud.com'))).toMatchObject({ name: 'SUNBURST', confidence: 'certain' })
    expect(identify(names('oastify.com'))).toMatchObject({ name: 'Burp Collaborator', confidence: 'medium' })
    expect(identify(names('evilavsvmcloud.com'))).toBeNull()
  })

  test('QUADAGENT is a hint only, and numbered mail hosts of a provider are not even that', () => {
    const names = each(6, (i) => `mail.10${4_000 + i}`)
    expect(
      identify({ ...group(names), names: group(names).names.map((name) => ({ ...name, name: name.name.replace('.t.', '.') })) })
        ?.confidence,
    ).toBe('low')
    expect(tool(names, { below: zone, qtype: 'A' })).toBeNull()
    expect(tool(names, { below: zone, qtype: 'AAAA' })).toBeNull()
  })
})

describe('proof needs fields that agree', () => {
  test.each<[string, readonly string[]]>([
    ['dnscat2: three sessions of one packet each', each(3, (i) => made.dnscat2Encrypted(i, 1_000 + i))],
    ['dnscat2: numbers that run backwards', each(9, (i) => made.dnscat2Encrypted(9 - i))],
    ['iodine: keep-alives whose counter jumps at random', each(12, (i) => made.iodinePing(0, randomBytes(i, 2).readUInt16BE(0)))],
    ['iodine: a decimal number that counts', each(54, (i) => `${10_000 + i}-${randomBytes(i, 10).toString('hex')}`)],
    ['iodine: a constant beginning instead of a counter', each(12, (i) => `0aba82${randomBytes(i, 20).toString('hex')}`)],
    ['dnstt: a client number of its own in every name', each(9, (i) => made.dnsttQuery(i, null, randomBytes(`client ${i}`, 8)))],
    [
      'dnstt: lengths that do not add up',
      each(9, (i) => inLabels(encodeText(Buffer.concat([randomBytes('c', 8), Buffer.from([0xe8]), randomBytes(i, 50)]), BASE32))),
    ],
    ['Saitama: a counter that rises behind random text', each(9, (i) => `${randomBytes(i, 10).toString('hex')}ov${'gnv2w01eo'.charAt(i)}`)],
    ['Mythic: pieces beyond the number announced', each(9, (i) => made.mythicPacket(i + 6, { message: 7 + i }))],
    ['goDoH: checksums of other data', each(6, (i) => made.godohRequest(i, 1))],
    ['DNSExfiltrator: numbered chunks alone', each(20, (i) => `${i}.${encodeText(randomBytes(i, 30), BASE32)}`)],
    ['Cobalt Strike: a last number that changes', each(9, (i) => `api.${(4_096 + i).toString(16)}.${randomBytes(i, 4).toString('hex')}`)],
  ])('%s', (_, labels) => {
    expect(tool(labels)).toBeNull()
  })

  test('names in the random case of a resolver (0x20) are not read as base64', () => {
    const names = each(9, (i) => made.dns2tcpPacket(i, randomBytes(i, 60)))
    const mixed = names.map((name, i) => `${name}.${i % 2 === 0 ? 't.EXample.com' : 't.exAMPle.com'}`)
    const found = identify({ zone, names: mixed.map((raw, i) => ({ name: lower(raw), raw, qtype: 'TXT', rcode: null, at: i })) })
    expect(found?.confidence).not.toBe('certain')
  })
})

describe('no name rather than a wrong one', () => {
  const hex = (seed: string | number, bytes: number) => randomBytes(seed, bytes).toString('hex')
  const look: readonly (readonly [string, (i: number) => string])[] = [
    ['36 base32 characters, as of a reputation client', (i) => `${encodeText(randomBytes(i, 22), BASE32).slice(0, 36)}.a.e`],
    ['base32 digests', (i) => encodeText(randomBytes(i, 20), BASE32)],
    [
      'dotted reputation look-ups',
      (i) => `a-0.19-${hex(i, 4)}.${hex(-i, 4)}.1518.19d4.3ea1.410.0.${encodeText(randomBytes(i, 16), BASE32)}.avqs`,
    ],
    ['MD5 look-ups', (i) => `${hex(i, 16)}.malware.hash`],
    ['SHA-1 digests', (i) => hex(i, 20)],
    ['SHA-256 digests', (i) => hex(i, 32).slice(0, 63)],
    ['block lists', (i) => `${i}.${(i * 7) % 256}.2.10.zen`],
    ['addresses of IPv6 in hexadecimal', (i) => `20010db8000000000000${hex(i, 6)}`],
    ['counting hardware addresses', (i) => `0050560${(0xa_0000 + i).toString(16)}0000${(0x1000 + i).toString(16)}0000`],
    ['content hosts', (i) => `d${encodeText(randomBytes(i, 8), BASE32)}`],
    ['mail keys', (i) => `s${i}-${hex(i, 4)}._domainkey`],
    ['UUIDs', (i) => hex(i, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')],
    [
      'twenty digits behind d-',
      (i) =>
        `d-${BigInt(`0x${hex(i, 8)}`)
          .toString()
          .padStart(20, '1')
          .slice(0, 20)}`,
    ],
    ['measurement hashes', (i) => hex(i, 16).replace(/(.{12})/, '$1.clo.')],
    ['video hosts', (i) => `r${i % 9}---sn-${encodeText(randomBytes(i, 5), BASE32)}`],
    ['words', (i) => `${['static', 'products', 'portal', 'pictures', 'partner', 'login', 'vault'][i % 7]}-${i}`],
    ['a script that numbers base32 chunks', (i) => `${i.toString(16).padStart(4, '0')}.${encodeText(randomBytes(i, 30), BASE32)}.7d71`],
    ['base64 of nothing known', (i) => inLabels(randomBytes(i, 60).toString('base64'))],
  ]
  test.each(look)('%s', (_, make) => {
    for (const below of [zone, `img.${zone}`]) for (const qtype of ['A', 'TXT']) expect(tool(each(120, make), { below, qtype })).toBeNull()
  })

  test('random hexadecimal of any length is no tool', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 4, max: 31 }), fc.integer({ min: 3, max: 200 }), (seed, bytes, count) => {
        expect(tool(each(count, (i) => hex(`${seed} ${i}`, bytes)))).toBeNull()
      }),
      { numRuns: 60 },
    )
  })

  test('whatever the names hold, nothing throws', () => {
    const name = fc.oneof(
      fc.string({ maxLength: 250 }),
      fc.stringMatching(/^[a-z0-9=_+/.\\-]{0,200}$/),
      fc.constantFrom(...each(4, (i) => made.sliverMessage(i))),
    )
    fc.assert(
      fc.property(fc.array(name, { maxLength: 12 }), (names) => {
        const found = identify({
          zone,
          names: names.map((raw, at) => ({ name: `${lower(raw)}.${zone}`, raw: `${raw}.${zone}`, qtype: null, rcode: null, at })),
        })
        expect(found === null || found.proof.length > 0).toBe(true)
      }),
    )
  })
})

test('every tool is listed once', () => {
  const tools = FINGERPRINTS.map((fingerprint) => fingerprint.tool)
  expect(new Set(tools).size).toBe(tools.length)
})
