import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { SampledName } from '@/lib/domain/tally'
import { knownName } from '@/lib/names/name-features'
import { areHashLookups } from './hash-lookups'
import { belowOneId } from './numbered-below-id'

const zone = 'example.com'
const sampleOf = (hosts: readonly string[]): SampledName[] =>
  hosts.map((host, i) => {
    const { hash, length, entropyBits, readabilityBits, unreadable } = knownName(`${host}.${zone}`, zone)
    return {
      hash: Number(hash) || i,
      name: `${host}.${zone}`,
      qtype: 'A',
      rcode: 'NOERROR',
      firstAt: i,
      length,
      entropyBits,
      readabilityBits,
      unreadable,
    }
  })
const digest = (i: number, length: number) => createHash('sha256').update(`${i}`).digest('hex').slice(0, length)
const many = (name: (i: number) => string): SampledName[] => sampleOf(Array.from({ length: 20 }, (_, i) => name(i)))
const base32 = (i: number, length: number) =>
  digest(i, 64)
    .replace(/[0189]/g, (digit) => 'ghij'.charAt('0189'.indexOf(digit)))
    .slice(0, length)

describe('a number that changes below one that stays', () => {
  test('is read with the one that stays', () => {
    expect(
      belowOneId(
        many((i) => `${digest(i, 8)}.5fa90637.t`),
        zone,
      ),
    ).toEqual({ id: '5fa90637', names: 20 })
  })

  test.each<[string, (i: number) => string]>([
    ['a word that stays', (i) => `${digest(i, 8)}.probe`],
    ['nothing that stays', (i) => `${digest(i, 8)}.${digest(i + 99, 8)}`],
    ['numbers that come again', (i) => `${digest(i % 10, 8)}.5fa90637`],
    ['data of changing length', (i) => `${digest(i, 8 + 2 * i)}.5fa90637`],
    ['one label', (i) => digest(i, 16)],
  ])('not with %s', (_, name) => {
    expect(belowOneId(many(name), zone)).toBeNull()
  })
})

describe('look-ups of hashes', () => {
  test.each<[string, (i: number) => string]>([
    ['MD5', (i) => `${digest(i, 32)}.f`],
    ['SHA-1 alone', (i) => digest(i, 40)],
    ['SHA-224', (i) => `${digest(i, 56)}.sha`],
    ['SHA-256 in base32 below a key', (i) => `${base32(i, 52)}.key7.hbl`],
  ])('%s', (_, name) => {
    expect(areHashLookups(many(name), zone)).toBe(true)
  })

  test.each<[string, (i: number) => string]>([
    ['text in hexadecimal, 16 bytes a name', (i) => Buffer.from(`line ${i} of a file.`.slice(0, 16).padEnd(16)).toString('hex')],
    ['pieces of another length', (i) => digest(i, 34)],
    ['pieces of different lengths', (i) => digest(i, i % 2 === 0 ? 32 : 40)],
    ['hashes below labels that change', (i) => `${digest(i, 32)}.${i}`],
  ])('not %s', (_, name) => {
    expect(areHashLookups(many(name), zone)).toBe(false)
  })
})
