import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameFromLabels, nameFromText, wireBytesOf } from './canonical-name'

const label = (size: number) => 'a'.repeat(size)
const longest = [label(63), label(63), label(63), label(61)].join('.')

describe('nameFromText', () => {
  test.each([
    // text, escapes, qname, raw, octets on the wire
    ['www.example.com', 'decimal', 'www.example.com', null, 17],
    ['www.example.com.', 'decimal', 'www.example.com', null, 17],
    ['.', 'decimal', '.', null, 1],
    ['', 'decimal', '.', null, 1],
    ['localhost', 'none', 'localhost', null, 11],
    ['WwW.ExAmPlE.CoM', 'none', 'www.example.com', 'WwW.ExAmPlE.CoM', 17],
    ['_ldap._tcp.example.com', 'none', '_ldap._tcp.example.com', null, 24],
    ['xn--mnchen-3ya.example', 'none', 'xn--mnchen-3ya.example', null, 24],
    ['münchen.example', 'none', 'm\\195\\188nchen.example', null, 18],
    ['a\\000b\\255c\\.d.t.lab.test', 'decimal', 'a\\000b\\255c\\.d.t.lab.test', null, 20],
    ['a\\x00b\\xffc.t', 'hex', 'a\\000b\\255c.t', null, 9],
    ['a\\\\b.t', 'hex', 'a\\\\b.t', null, 7],
    ['a\\b.t', 'none', 'a\\\\b.t', null, 7],
    ['a\\b.t', 'decimal', 'ab.t', null, 6],
    ['a\\999.t', 'decimal', 'a999.t', null, 8],
    ['a\\xzz.t', 'hex', 'a\\\\xzz.t', null, 9],
    ['a\\', 'decimal', 'a\\\\', null, 4],
    ['a b.t', 'none', 'a\\032b.t', null, 7],
    ['<name>.t', 'none', '<name>.t', null, 10],
    ['=cmd|calc.t', 'none', '=cmd|calc.t', null, 13],
  ] as const)('%s (%s)', (text, escapes, qname, qnameRaw, wireBytes) => {
    expect(nameFromText(text, escapes)).toEqual({ qname, qnameRaw, wireBytes, lossy: false })
  })

  test.each([
    ['a replacement character', 'a\uFFFDb.example'],
    ['an empty label', 'a..example'],
    ['a leading dot', '.example'],
    ['a label of 64', `${label(64)}.example`],
    ['a name of 256 octets', `${longest}a`],
    ['a text no name can have', 'a.'.repeat(5_000)],
  ])('%s is lossy', (_, text) => {
    expect(nameFromText(text, 'none').lossy).toBe(true)
  })

  test('a name of exactly 255 octets with labels of 63 is whole', () => {
    expect(nameFromText(longest, 'none')).toMatchObject({ wireBytes: 255, lossy: false })
  })

  test('is its own canonical form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('decimal', 'hex', 'none'), (text, escapes) => {
        const { qname } = nameFromText(text, escapes)
        expect(nameFromText(qname, 'decimal')).toMatchObject({ qname, qnameRaw: null })
      }),
    )
  })

  test('shows printable ASCII only, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(nameFromText(text, 'none').qname).toMatch(/^[!-~]+$/)
      }),
    )
  })
})

describe('nameFromLabels', () => {
  const labels = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 8 })

  test('keeps dots, backslashes and control octets inside labels apart from the dots between them', () => {
    const name = nameFromLabels([Buffer.from([0, 0x2e, 0x5c, 0x20, 0x7f, 0xff]), Buffer.from('T')])
    expect(name).toEqual({ qname: '\\000\\.\\\\\\032\\127\\255.t', qnameRaw: '\\000\\.\\\\\\032\\127\\255.T', wireBytes: 10, lossy: false })
  })

  test('counts octets as they are on the wire', () => {
    fc.assert(
      fc.property(labels, (parts) => {
        const name = nameFromLabels(parts)
        const wireBytes = parts.reduce((sum, part) => sum + 1 + part.length, 1)
        expect(name.wireBytes).toBe(wireBytes)
        expect(wireBytesOf(name.qname)).toBe(wireBytes)
      }),
    )
  })

  test('two names are equal exactly when their octets are, case aside', () => {
    const lower = (parts: readonly Uint8Array[]) =>
      parts.map((part) => part.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte)).join()).join('.')
    fc.assert(
      fc.property(labels, labels, (one, other) => {
        expect(nameFromLabels(one).qname === nameFromLabels(other).qname).toBe(lower(one) === lower(other))
      }),
    )
  })
})
