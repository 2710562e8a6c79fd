import type { SampledName } from '@/lib/domain/tally'
import { hostPart } from '../name-features'

/** A name below a tunnel's domain, cut to what the tool put there. */
export interface Payload {
  /** Labels in front of the tunnel's domain, one character per byte, lower-case. */
  readonly labels: readonly string[]
  /** The labels without dots. */
  readonly text: string
  /** All labels in front of the registered domain. */
  readonly host: readonly string[]
}

/**
 * Cuts the names of a zone to their payload: the labels that all unreadable names share at their end are the tunnel's
 * own domain (`t` of `….t.example.com`), not data.
 */
export function payloadsOf(names: readonly SampledName[], zone: string): Payload[] {
  const hosts = names
    .filter(({ length }) => length > 0)
    .map((name) => ({ labels: hostPart(name.name, zone).split('.'), unreadable: name.unreadable }))
  const judged = hosts.filter(({ unreadable }) => unreadable)
  const shared = sharedEnding((judged.length === 0 ? hosts : judged).map(({ labels }) => labels))
  return hosts
    .filter(
      ({ labels }) => labels.length > shared.length && shared.every((label, i) => labels[labels.length - shared.length + i] === label),
    )
    .map(({ labels }) => {
      const own = labels.slice(0, labels.length - shared.length)
      return { labels: own, text: own.join(''), host: labels }
    })
}

/** Labels at the end of every list; each list keeps at least one label of its own. */
function sharedEnding(lists: readonly (readonly string[])[]): readonly string[] {
  const [first, ...rest] = lists
  if (first === undefined || rest.length === 0) return []
  let count = first.length - 1
  for (const labels of rest) {
    let same = 0
    while (same < Math.min(count, labels.length - 1) && labels[labels.length - 1 - same] === first[first.length - 1 - same]) same++
    count = same
  }
  return first.slice(first.length - count)
}

/** Bytes of a text in a base32 alphabet of 32 symbols, or null when another symbol occurs. A last incomplete byte is dropped. */
export function decodeBase32(text: string, alphabet: string): number[] | null {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const char of text) {
    const value = alphabet.indexOf(char)
    if (value < 0) return null
    held = ((held << 5) | value) & 0xfff
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >>> bits) & 0xff)
  }
  return bytes
}

/** Bytes of hexadecimal text, or null when it is none or its length is odd. */
export function decodeHex(text: string): number[] | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null
  return Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16))
}

export const RFC_BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** How often the commonest value occurs, and which it is. */
export function commonest(values: readonly string[]): { readonly value: string; readonly count: number } {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best = { value: '', count: 0 }
  for (const [value, count] of counts) if (count > best.count || (count === best.count && value < best.value)) best = { value, count }
  return best
}
