import { displayByte, SHOWN_AS_ITSELF } from '@/lib/names/canonical-name'

/** A name read from a DNS message. */
export interface WireName {
  /** Display form (see `CanonicalName.qname`) with its case kept. */
  readonly shown: string
  readonly hasUpperCase: boolean
  /** Octets of the whole name, uncompressed. */
  readonly wireBytes: number
  /** Where reading goes on after the name. */
  readonly next: number
}

/** 255 octets, each at most four characters. */
const scratch = Buffer.alloc(1_100)

/**
 * Reads a possibly compressed name (RFC 1035 §4.1.4).
 *
 * @param message - start of the message, which pointers count from.
 * @param end - first octet past what may be read.
 * @returns null when it is cut, longer than 255 octets, uses a reserved label type or a pointer that does not point
 *   backwards (which is what makes loops impossible).
 */
export function readName(bytes: Buffer, message: number, start: number, end: number): WireName | null {
  let at = start
  let next = -1
  let lowest = start
  let length = 0
  let wireBytes = 1
  let hasUpperCase = false
  for (;;) {
    if (at >= end) return null
    const size = bytes[at] ?? 0
    if (size === 0) break
    if (size >= 0xc0) {
      if (at + 1 >= end) return null
      const target = message + (((size & 0x3f) << 8) | (bytes[at + 1] ?? 0))
      if (target >= lowest) return null
      if (next < 0) next = at + 2
      lowest = target
      at = target
      continue
    }
    wireBytes += size + 1
    if (size > 63 || at + 1 + size > end || wireBytes > 255) return null
    if (length > 0) scratch[length++] = 0x2e
    for (let from = at + 1, to = from + size; from < to; from++) {
      const byte = bytes[from] ?? 0
      if (SHOWN_AS_ITSELF[byte] === 1) {
        scratch[length++] = byte
        if (byte >= 0x41 && byte <= 0x5a) hasUpperCase = true
      } else length += scratch.write(displayByte(byte), length, 'latin1')
    }
    at += 1 + size
  }
  return { shown: length === 0 ? '.' : scratch.toString('latin1', 0, length), hasUpperCase, wireBytes, next: next < 0 ? at + 1 : next }
}

/** @returns position after the name, without reading it; -1 when it is cut. */
export function skipName(bytes: Buffer, start: number, end: number): number {
  let at = start
  while (at < end) {
    const size = bytes[at] ?? 0
    if (size === 0) return at + 1
    if (size >= 0xc0) return at + 2 <= end ? at + 2 : -1
    if (size > 63) return -1
    at += 1 + size
  }
  return -1
}
