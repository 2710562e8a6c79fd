import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BASE58, decodeBase58 } from './base-58'

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

describe('base58', () => {
  // draft-msporny-base58-03, section 5.
  test.each([
    ['2NEpo7TZRRrLZSi2U', new TextEncoder().encode('Hello World!')],
    [
      'USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z',
      new TextEncoder().encode('The quick brown fox jumps over the lazy dog.'),
    ],
    ['11233QC4', bytesOf('0000287fb4cd')],
  ])('%s is what the draft says', (text, bytes) => {
    expect(decodeBase58(text)).toEqual(bytes)
  })

  test.each(['', '0', 'O', 'I', 'l', 'a-b', 'a'.repeat(256)])('%j is not decoded', (text) => {
    expect(decodeBase58(text)).toBeNull()
  })

  test('reads back what a large number was written as', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 120 }), (bytes) => {
        let rest = BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
        let text = ''
        for (; rest > 0n; rest /= 58n) text = BASE58.symbols.charAt(Number(rest % 58n)) + text
        const zeros = bytes.findIndex((byte) => byte !== 0)
        expect(decodeBase58('1'.repeat(zeros < 0 ? bytes.length : zeros) + text)).toEqual(bytes)
      }),
    )
  })
})
