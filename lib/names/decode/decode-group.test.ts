import { deflateRawSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GroupName } from '../fingerprints/name-group'
import { identify } from '../fingerprints/registry'
import * as made from '../fingerprints/testing/made-names'
import { each, inLabels, randomBytes } from '../fingerprints/testing/made-names'
import { type Alphabet, BASE32, BASE64URL, decodeText, encodeText, HEX, IODINE64, IODINE128, SLIVER32 } from './base-n'
import { ipPacketOf, magicOf, uniformityOf } from './byte-tests'
import { decodeGroup } from './decode-group'
import { recogniseEncoding } from './recognise-encoding'

const zone = 'example.com'
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
const shown = (text: string) => text.replace(/[\x80-\xff]/g, (char) => `\\${char.charCodeAt(0)}`)
const group = (labels: readonly string[]) => ({
  zone,
  names: labels.map((label, at): GroupName => {
    const raw = `${shown(label)}.t.${zone}`
    return { name: lower(raw), raw: lower(raw) === raw ? null : raw, qtype: 'TXT', rcode: 'NOERROR', at }
  }),
})
const decode = (labels: readonly string[]) => decodeGroup(group(labels), identify(group(labels)))
/** A file in numbered chunks of 30 bytes, as a script without a name of its own sends it. */
const chunks = (file: Buffer, used: Alphabet) =>
  each(Math.ceil(file.length / 30), (i) => `${i}.${encodeText(file.subarray(30 * i, 30 * i + 30), used)}`)

describe('alphabets', () => {
  // RFC 4648 §10.
  test.each([
    [BASE32, 'foobar', 'mzxw6ytboi'],
    [BASE32, 'fooba', 'mzxw6ytb'],
    [HEX, 'foobar', '666f6f626172'],
    [BASE64URL, 'foobar', 'Zm9vYmFy'],
    [BASE64URL, 'foob', 'Zm9vYg'],
  ])('$name', (alphabet, text, encoded) => {
    expect(encodeText(Buffer.from(text), alphabet)).toBe(encoded)
    expect(Buffer.from(decodeText(encoded, alphabet) ?? []).toString()).toBe(text)
  })

  test.each([BASE32, BASE64URL, HEX, IODINE64, IODINE128, SLIVER32].map((alphabet) => [alphabet.name, alphabet] as const))(
    '%s gives back any bytes',
    (_, alphabet) => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
          expect([...(decodeText(encodeText(bytes, alphabet), alphabet) ?? [])].slice(0, bytes.length)).toEqual([...bytes])
        }),
      )
    },
  )
})

describe('recognising an encoding', () => {
  const text = (alphabet: Alphabet) => each(12, (i) => encodeText(randomBytes(i, 25), alphabet))
  test.each([HEX, BASE32, SLIVER32, BASE64URL, IODINE128].map((alphabet) => [alphabet.name, alphabet] as const))('%s', (name, alphabet) => {
    const found = recogniseEncoding(text(alphabet))
    expect(found?.name).toBe(name)
    expect(found?.confidence).toBeGreaterThan(0.99)
  })

  test('all letters and digits are base36, 58 of 62 symbols base58, and neither has bytes', () => {
    const pick = (symbols: string) => each(20, (i) => [...randomBytes(i, 40)].map((byte) => symbols.charAt(byte % symbols.length)).join(''))
    const base36 = '0123456789abcdefghijklmnopqrstuvwxyz'
    expect(recogniseEncoding(pick(base36))).toMatchObject({ name: 'base36', alphabet: null })
    const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
    expect(recogniseEncoding(pick(base58))).toMatchObject({ name: 'base58', alphabet: null })
  })

  test('too little text, and text of words, is nothing', () => {
    expect(recogniseEncoding(['7f3a9c', 'b2e4d1'])).toBeNull()
    expect(recogniseEncoding(each(20, (i) => `static-content-${i}`))).toBeNull()
  })
})

describe('decoding', () => {
  const report = Buffer.from('Quarterly report: revenue 4.2 million, confidential. '.repeat(6))

  test.each([BASE32, BASE64URL, HEX])('a text file in chunks of $name', (alphabet) => {
    const found = decode(chunks(report, alphabet))
    expect(found?.encoding).toBe(alphabet.name)
    expect(found?.preview).toMatch(/^Quarterly report: revenue 4\.2 million/)
    expect(found?.refusal).toBeNull()
  })

  test('chunks that arrive out of order are put back by their number', () => {
    const mixed = chunks(report, BASE32).map((chunk, i, all) => all[(i * 7) % all.length] ?? chunk)
    expect(decode(mixed)?.preview).toMatch(/^Quarterly report/)
  })

  test('a gzip file is named, not opened to the eye', () => {
    const found = decode(chunks(gzipSync(randomBytes('file', 300)), BASE32))
    expect(found).toMatchObject({ magic: 'gzip data', refusal: null })
  })

  test('encrypted bytes are refused with the reason', () => {
    const found = decode(chunks(randomBytes('key', 900), BASE32))
    expect(found).toMatchObject({ preview: null, magic: null, bytes: 900 })
    expect(found?.refusal).toMatch(/900 decoded bytes are spread evenly \(7\.8 of 8\.0 bits per byte\): encrypted or compressed/)
  })

  test('look-ups by hash are not called data', () => {
    expect(decode(each(20, (i) => randomBytes(i, 20).toString('hex')))?.refusal).toMatch(/40 hexadecimal characters, as SHA-1 does/)
  })

  test('readable names carry nothing', () => {
    expect(decode(each(20, (i) => `printer-${i}.office`))).toBeNull()
  })

  test('iodine: packets come out of the compression, with their addresses', () => {
    const found = decode(each(6, (i) => made.iodineData(i, made.ipPacket(`GET /file-${i} HTTP/1.1`), IODINE128)))
    expect(found?.magic).toBe('IPv4 packet, UDP, 10.0.0.1 to 10.0.0.2 (zlib), 6 in all')
    expect(found?.preview).toContain('GET /file-0 HTTP/1.1')
  })

  test('dnscat2: the text of a plain session', () => {
    expect(decode(each(4, (i) => made.dnscat2Plain(i, 'cat /etc/passwd\n', 100 + 16 * i)))?.preview).toContain('cat /etc/passwd\\n')
  })

  test('one printable piece among many random ones of 8 bytes is chance, and no text', () => {
    const random = each(49, (i) => made.randomBytes(`device ${i}`, 8).toString('hex'))
    expect(decode([Buffer.from('EA77b\xd3wKqN', 'latin1').subarray(0, 8).toString('hex'), ...random])?.preview).toBeNull()
  })

  test('DNSExfiltrator: the file name, though the file is encrypted', () => {
    expect(decode([made.exfiltratorInit('payroll.xlsx', 9), ...each(9, made.exfiltratorChunk)])?.preview).toBe('payroll.xlsx|9')
  })

  test('a preview is inert and bounded whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 20, maxLength: 120 }), { minLength: 3, maxLength: 60 }), (pieces) => {
        const found = decode(pieces.map((bytes) => inLabels(encodeText(bytes, HEX))))
        expect(found?.preview ?? '').toMatch(/^[ -~…]{0,512}$/)
        expect(found === null || found.preview !== null || found.magic !== null || found.refusal !== null).toBe(true)
      }),
      { numRuns: 40 },
    )
  })

  test('a compression bomb is not opened', () => {
    const bomb = Buffer.concat([Buffer.from([0x78, 0xda]), deflateRawSync(Buffer.alloc(20_000_000), { level: 9 }).subarray(0, 3_000)])
    expect(decode(chunks(bomb, BASE32))?.preview ?? '').not.toMatch(/\\x00{4}/)
  })
})

describe('tests on bytes', () => {
  test('an IPv4 header counts only with its checksum', () => {
    const packet = made.ipPacket('x').subarray(4)
    expect(ipPacketOf(packet)).toBe('IPv4 packet, UDP, 10.0.0.1 to 10.0.0.2')
    const broken = Buffer.from(packet)
    broken[11] = (broken[11] ?? 0) ^ 1
    expect(ipPacketOf(broken)).toBeNull()
  })

  test.each([
    ['504b0304140000', 'ZIP archive'],
    ['1f8b080000000000', 'gzip data'],
    ['5353482d322e302d4f70656e535348', 'SSH connection'],
    ['16030100c8010000c40303', 'TLS connection'],
    ['255044462d312e37', 'PDF document'],
    ['4d5a41424344454647', null],
    ['78414243444546', null],
  ])('%s begins %s', (bytes, what) => {
    expect(magicOf(Buffer.from(bytes, 'hex'))).toBe(what)
  })

  test('random bytes pass as uniform, text does not, a few bytes are not judged', () => {
    const passes = each(100, (i) => uniformityOf(randomBytes(`u${i}`, 1_000)) ?? 0).filter((probability) => probability > 0.01).length
    expect(passes).toBeGreaterThanOrEqual(95)
    expect(uniformityOf(Buffer.from('a sentence of English words '.repeat(20)))).toBeLessThan(1e-6)
    expect(uniformityOf(randomBytes('few', 79))).toBeNull()
  })
})

test.each([
  [
    'cut, then encoded',
    (text: string) => each(Math.ceil(text.length / 23), (i) => encodeText(Buffer.from(text.slice(23 * i, 23 * i + 23)), BASE32)),
  ],
  ['encoded, then cut', (text: string) => encodeText(Buffer.from(text), BASE32).match(/.{1,37}/g) ?? []],
])('numbered pieces in one label are put in order, whatever order they were asked in: %s', (_, cut) => {
  const text = 'the quarterly numbers, in a file nobody was meant to read outside; page after page after page of them. '.repeat(3)
  const labels = cut(text).map((piece, i) => `${String(i).padStart(2, '0')}-${piece}`)
  expect(decode(labels.toReversed())?.preview).toBe(text.slice(0, 512))
})
