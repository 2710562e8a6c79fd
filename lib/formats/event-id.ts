import type { ParsedDns, ParsedProcess } from './format'

/** Identical content is told apart by how often it came before within about this many events. */
const REMEMBERED = 65_536

/**
 * Gives events their ids: 52 bits hashed from what identifies the lookup or start, so that the same record read again
 * has the same id. Rows that are identical in every identifying field get different ids by their order in the stream.
 * The answer is no part of it: a lookup read again with its answer is still the same lookup.
 */
export interface EventIds {
  ofLookup(event: ParsedDns): number
  ofProcess(event: ParsedProcess): number
}

export function createEventIds(): EventIds {
  let recent = new Map<number, number>()
  let older = new Map<number, number>()

  const numbered = (hash: number): number => {
    const seen = recent.get(hash) ?? older.get(hash) ?? 0
    if (recent.size >= REMEMBERED) {
      older = recent
      recent = new Map()
    }
    recent.set(hash, seen + 1)
    return seen === 0 ? hash : hashOf(`${hash}#${seen}`)
  }

  return {
    ofLookup: (event) =>
      numbered(
        hashOf(
          `${event.at} ${event.clientIp} ${event.clientPort} ${event.serverIp} ${event.transactionId} ${event.qnameRaw ?? event.qname} ${event.qtype} ${event.hostId ?? event.hostName} ${event.processName} ${event.sensor}`,
        ),
      ),
    ofProcess: (event) =>
      numbered(
        hashOf(
          `${event.at} ${event.hostId ?? event.hostName} ${event.process.pid} ${event.process.entityId} ${event.process.executable ?? event.process.name} ${event.process.args.join(' ')} ${event.parent.pid} ${event.user.name} ${event.sensor}`,
        ),
      ),
  }
}

/**
 * 52-bit hash of a text: two multiplicative 32-bit hashes, mixed (public-domain construction known as cyrb53, cut to 52
 * bits so that it stays an exact non-negative JavaScript integer).
 */
export function hashOf(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (b & 0xfffff) * 4294967296 + (a >>> 0)
}
