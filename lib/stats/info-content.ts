import { Deflate } from 'pako'

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
  const printable = distinct.every((text) => !/[^ -~]/.test(text))
  const deflate = new Deflate({ level: 6 })
  // UTF-16 order and byte order agree on ASCII, and sorting strings is several times faster.
  const joined = printable
    ? encoder.encode(distinct.toSorted((a, b) => (a < b ? -1 : 1)).join(''))
    : concatenated(distinct.map((text) => encoder.encode(text)).toSorted(bytewise))
  deflate.push(joined, true)
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
