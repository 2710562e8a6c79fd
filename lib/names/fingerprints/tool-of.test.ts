import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
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
const base32 = (bytes: Uint8Array, alphabet: string) => {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}
const RFC = 'abcdefghijklmnopqrstuvwxyz234567'
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
