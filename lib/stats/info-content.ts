import { Deflate, type DeflateOptions } from 'pako'

const encoder = new TextEncoder()

const bytewise = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/**
 * Information content of a set of strings: the bytes that zlib (level 6, zlib container) makes of the distinct strings,
 * sorted bytewise and written one after another. Repeats cost nothing, and names built to one pattern cost little.
 *
 * The compressor is pako 2.1.0, whose output has the length of zlib 1.2.13's; Node's own zlib gives 5–9 % less on such
 * input, which would move every floor and score built on the number.
 *
 * @returns Bytes; 8 for no string at all (an empty stream).
 * @see The function `info_content` of Elastic's anomaly detection, as documented for the job `dns_tunneling`.
 */
export function infoContent(strings: Iterable<string>): number {
  const distinct = [...new Set(strings)]
  // UTF-16 order and byte order agree on ASCII, and sorting strings is several times faster.
  if (distinct.every((text) => !/[^ -~]/.test(text))) return compressed(distinct.toSorted((a, b) => (a < b ? -1 : 1)).join(''))
  return deflated(concatenated(distinct.map((text) => encoder.encode(text)).toSorted(bytewise)))
}

/** Short inputs are remembered: most domains are asked for the same few names all day. */
const REMEMBERED = 20_000
const SHORT = 200
/** What fits a small window compresses to the same length with small tables, at a third of the time to set them up. */
const SHORT_OPTIONS = { level: 6, windowBits: 9, memLevel: 4, chunkSize: 512 } as const
const remembered = new Map<string, number>()

function compressed(text: string): number {
  if (text.length > SHORT) return deflated(encoder.encode(text))
  const known = remembered.get(text)
  if (known !== undefined) return known
  const bytes = deflated(encoder.encode(text), SHORT_OPTIONS)
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(text, bytes)
  return bytes
}

function deflated(bytes: Uint8Array, options: DeflateOptions = { level: 6 }): number {
  const deflate = new Deflate(options)
  deflate.push(bytes, true)
  return deflate.result.length
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
