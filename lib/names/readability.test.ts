import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsPerCharacter, readability, UNREADABLE_BITS } from './readability'

const ALPHABETS = {
  hexadecimal: '0123456789abcdef',
  base32: 'abcdefghijklmnopqrstuvwxyz234567',
  base36: 'abcdefghijklmnopqrstuvwxyz0123456789',
}
/** Labels of a fixed random source, unlike the one the model was measured with. */
const labels = (alphabet: string, length: number): string[] =>
  Array.from({ length: 2_000 }, (_, i) => {
    const bytes = createHash('sha512').update(`${alphabet} ${i}`).digest()
    return Array.from({ length }, (__, n) => alphabet.charAt((bytes[n] ?? 0) % alphabet.length)).join('')
  })

describe('readability', () => {
  test.each([
    'autodiscover',
    'content-delivery',
    'telemetry-incoming',
    'outlook-office365-eur-mail',
    'fileserver02',
    'login',
    'static-assets',
    'mail-gateway-2',
    'print-server',
    'accounts',
    'downloads',
    'api-gateway-prod',
  ])('%s is readable', (label) => {
    expect(bitsPerCharacter(label)).toBeLessThan(UNREADABLE_BITS)
  })

  test.each([
    ['hexadecimal', 16],
    ['base32', 16],
    ['base36', 16],
    ['base32', 40],
  ] as const)('at least 99 of 100 random %s labels of %i characters are unreadable', (alphabet, length) => {
    const random = labels(ALPHABETS[alphabet], length)
    const unreadable = random.filter((label) => bitsPerCharacter(label) > UNREADABLE_BITS).length
    expect(unreadable / random.length).toBeGreaterThanOrEqual(0.99)
  })

  test('bytes that no host name holds are unreadable', () => {
    expect(bitsPerCharacter('\u00be\u00cd\u00fa\u00c1\u00d0\u00e2')).toBeGreaterThan(UNREADABLE_BITS)
  })

  test('labels too short to judge are not judged', () => {
    expect(readability(['www'])).toEqual({ bits: null, unreadable: false })
    expect(readability(['4', '3', '2', '1'])).toEqual({ bits: null, unreadable: false })
    expect(readability([])).toEqual({ bits: null, unreadable: false })
  })

  test('labels kept short are judged together, numbers and service names left out', () => {
    const cut = labels(ALPHABETS.base32, 15).map((text) => [text.slice(0, 5), text.slice(5, 10), text.slice(10)])
    expect(cut.filter((parts) => readability(parts).unreadable).length / cut.length).toBeGreaterThanOrEqual(0.9)
    for (const name of ['smtp.mail.gate', 'geo.prod.store', 'api.eu.west.shop', '203.0.113.254.zen', '_http._tcp.ports'])
      expect(readability(name.split('.')), name).toMatchObject({ unreadable: false })
  })

  test('a name is unreadable when half of its characters lie in unreadable labels', () => {
    expect(readability(['9f86d081884c7d65', 'static-assets'])).toMatchObject({ unreadable: true })
    expect(readability(['9f86d081', 'static-assets-of-the-shop'])).toMatchObject({ unreadable: false })
  })

  test('any text gets a finite number of bits, at least 0', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const bits = bitsPerCharacter(text)
        expect(Number.isFinite(bits) && bits >= 0).toBe(true)
      }),
    )
  })
})
