import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { crc32, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNameSketch } from '../name-sketch'
import { toolOf } from './tool-of'

const zone = 'example.com'
const sampleOf = (names: readonly string[], of = zone) => {
  const sketch = createNameSketch()
  for (const [at, qname] of names.entries()) sketch.add({ qname, zone: of, qtype: 'TXT', rcode: null, at })
  return sketch.view().sample
}
const tool = (labels: readonly string[], below = `t.${zone}`) => {
  const match = toolOf(sampleOf(labels.map((label) => `${label}.${below}`)), zone)
  return match === null ? null : { name: match.name, confidence: match.confidence }
}
const random = (seed: string | number, length: number) => createHash('sha512').update(`${seed}`).digest().subarray(0, length)
const hexOf = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
const base32 = (bytes: Uint8Array, alphabet: string) => {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
const RFC = 'abcdefghijklmnopqrstuvwxyz234567'
const SLIVER = 'ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyz'
const inLabels = (text: string) => (text.match(/.{1,63}/g) ?? []).join('.')
const each = (count: number, make: (i: number) => string) => Array.from({ length: count }, (_, i) => make(i))

/** Names of a recorded tunnel (this project's own lab) below its zone. */
const recorded = (detector: string, file: string, of: string) =>
  gunzipSync(readFileSync(new URL(`../../detectors/${detector}/fixtures/${file}.tsv.gz`, import.meta.url)))
    .toString()
    .split('\n')
    .map((line) => line.split('\t')[2] ?? '')
    .filter((name) => name.endsWith(`.${of}`))

describe('recorded tools', () => {
  test.each([
    ['malicious-iodine', 'brindlecove.net', 'iodine', 'certain'],
    ['malicious-dnscat2', 'millpond-cloud.com', 'dnscat2', 'certain'],
  ])('%s below %s is %s, %s', (file, of, name, confidence) => {
    expect(toolOf(sampleOf(recorded('dns_lookup_tunneling', file, of), of), of)).toMatchObject({ name, confidence })
  })

  test('a script without a name of its own stays unknown', () => {
    const of = 'snowbird-stats.com'
    expect(toolOf(sampleOf(recorded('dns_lookup_tunneling', 'malicious-slow-exfiltration', of), of), of)).toBeNull()
  })

  test('no domain of an office is taken for a tool', () => {
    const lines = gunzipSync(readFileSync(new URL('../../detectors/dns_lookup_tunneling/fixtures/benign-office.tsv.gz', import.meta.url)))
    const names = new Set(
      lines
        .toString()
        .split('\n')
        .map((line) => line.split('\t')[2] ?? ''),
    )
    for (const of of ['sophosxl.net', 'mcafee.com', 'e5.sk', 'cymru.com', 'dotnxdomain.net', 'fabrikam-lab.com', 'cloudfront.net'])
      expect(
        toolOf(
          sampleOf(
            [...names].filter((name) => name.endsWith(`.${of}`)),
            of,
          ),
          of,
        ),
      ).toBeNull()
  })
})

// Names built from the tools' published formats.
describe('documented formats', () => {
  test('dnscat2 with its own prefix and no domain of its own', () => {
    const names = each(4, (i) => `dnscat.${hexOf(4_000 + i, 4)}01beef${random(i, 12).toString('hex')}`)
    expect(tool(names, zone)).toEqual({ name: 'dnscat2', confidence: 'certain' })
  })

  test('DNSExfiltrator: the first name gives the file and its chunks away', () => {
    const first = `init.${base32(new TextEncoder().encode('payroll-2026.xlsx|42'), RFC)}.base64`
    const names = [first, ...each(5, (i) => `${i}.${random(i, 20).toString('hex')}`)]
    const match = toolOf(sampleOf(names.map((name) => `${name}.t.${zone}`)), zone)
    expect(match).toMatchObject({ name: 'DNSExfiltrator', confidence: 'certain' })
    expect(match?.proof).toContain('“payroll-2026.xlsx” in 42 chunks')
  })

  test('numbered chunks without the announcement are those of many scripts', () => {
    expect(tool(each(20, (i) => `${100 + i}.${inLabels(random(i, 60).toString('hex'))}`))).toBeNull()
  })

  test('dns2tcp by its commands', () => {
    expect(tool(['aaaaaeanaa.=auth', 'irsbgaabadewmdc2rde3mdy.=auth', 'irrns1n+agh0dha.=connect'])).toEqual({
      name: 'dns2tcp',
      confidence: 'high',
    })
  })

  test('dnstt: one client in every name', () => {
    const client = random('client', 8)
    const names = each(6, (i) => inLabels(base32(Buffer.concat([client, Buffer.from([0xe8]), random(i, 50)]), RFC)))
    expect(tool(names)).toEqual({ name: 'dnstt', confidence: 'certain' })
    const other = each(6, (i) => inLabels(base32(Buffer.concat([random(`client ${i}`, 8), Buffer.from([0xe8]), random(i, 50)]), RFC)))
    expect(tool(other)?.name).not.toBe('dnstt')
  })

  test('Sliver: protobuf in an alphabet without i, l, o and s', () => {
    const names = each(5, (i) => inLabels(base32(Buffer.concat([Buffer.from([0x08, 7, 0x10]), random(i, 50)]), SLIVER)))
    expect(tool(names)).toEqual({ name: 'Sliver', confidence: 'certain' })
  })

  test('goDoH: certain when its checksums fit, else high', () => {
    const name = (i: number, broken: number) => {
      const data = random(i, 60)
      const labels = data.toString('hex').match(/.{40}/g) ?? []
      return `a1b2.ef.${i}.${((crc32(data) ^ broken) >>> 0).toString(16)}.0.3.${labels.join('.')}`
    }
    expect(tool(each(4, (i) => name(i, 0)))).toEqual({ name: 'goDoH', confidence: 'certain' })
    expect(tool(each(4, (i) => name(i, 1)))).toEqual({ name: 'goDoH', confidence: 'high' })
  })

  test('OzymanDNS: number, session and direction', () => {
    expect(tool(each(4, (i) => `${base32(random(i, 30), RFC)}.${695 + i}-0.id-32227.up`))).toEqual({
      name: 'OzymanDNS',
      confidence: 'high',
    })
  })

  test('Cobalt Strike: a changing number before the beacon’s own', () => {
    expect(
      tool(
        each(6, (i) => `api.${hexOf(0x12abc2c0 + 977 * i, 9)}.446f35fa`),
        zone,
      ),
    ).toEqual({ name: 'Cobalt Strike', confidence: 'high' })
  })

  test('iodine without its handshake, by keep-alives', () => {
    const names = each(12, (i) => `p${base32(random(i, 5), 'abcdefghijklmnopqrstuvwxyz012345').slice(0, 7)}`)
    expect(tool(names)).toEqual({ name: 'iodine', confidence: 'high' })
  })
})

describe('no name rather than a wrong one', () => {
  test.each([
    ['hexadecimal digests', (i: number) => createHash('sha1').update(`${i}`).digest('hex')],
    ['base32 digests', (i: number) => base32(random(i, 20), RFC)],
    [
      'UUIDs',
      (i: number) =>
        random(i, 16)
          .toString('hex')
          .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    ],
    ['addresses written backwards', (i: number) => `${i}.${i * 7}.2.10`],
    ['host names', (i: number) => `${['static', 'products', 'portal', 'pictures'][i % 4]}-${i}`],
  ])('%s', (_, make) => {
    expect(tool(each(60, make))).toBeNull()
    expect(tool(each(60, make), zone)).toBeNull()
  })

  test('whatever the names hold, it never throws, and random names are no tool for certain', () => {
    const label = fc.stringMatching(/^[a-z0-9=_+/\\-]{1,63}$/)
    fc.assert(
      fc.property(fc.array(fc.array(label, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 12 }), (names) => {
        expect(tool(names.map((labels) => labels.join('.')))?.confidence).not.toBe('certain')
      }),
    )
  })
})
