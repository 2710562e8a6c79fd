import type { IpPacket } from './ip-packet'

const MAX_DATAGRAMS = 512
const MAX_BYTES = 8 * 1024 * 1024
const MAX_PARTS = 64
/** RFC 8200 §4.5: reassembly is given up after 60 s. */
const MAX_AGE_MS = 60_000

interface Datagram {
  readonly firstAt: number
  readonly parts: { readonly offset: number; readonly bytes: Buffer }[]
  bytes: number
  /** Payload length, known once the last fragment was seen. */
  total: number | null
}

/** Puts fragmented IP packets together again, within bounds. */
export class IpFragments {
  private readonly open = new Map<string, Datagram>()
  private held = 0

  /** @returns the whole payload when this fragment completes it, else null. */
  accept(packet: IpPacket, bytes: Buffer, at: number): Buffer | null {
    const { fragment } = packet
    if (fragment === null) return null
    const key = `${packet.src} ${packet.dst} ${packet.protocol} ${fragment.id}`
    const datagram = this.datagram(key, at)
    if (datagram.parts.length < MAX_PARTS && !datagram.parts.some((part) => part.offset === fragment.offset)) {
      const part = Buffer.from(bytes.subarray(packet.from, packet.to))
      datagram.parts.push({ offset: fragment.offset, bytes: part })
      datagram.bytes += part.length
      this.held += part.length
      if (!fragment.more) datagram.total = fragment.offset + part.length
    }
    const whole = assemble(datagram)
    if (whole) this.drop(key)
    this.makeRoom()
    return whole
  }

  private datagram(key: string, at: number): Datagram {
    const known = this.open.get(key)
    if (known && Math.abs(at - known.firstAt) <= MAX_AGE_MS) return known
    if (known) this.drop(key)
    const fresh: Datagram = { firstAt: at, parts: [], bytes: 0, total: null }
    this.open.set(key, fresh)
    return fresh
  }

  private drop(key: string): void {
    this.held -= this.open.get(key)?.bytes ?? 0
    this.open.delete(key)
  }

  private makeRoom(): void {
    for (const key of this.open.keys()) {
      if (this.open.size <= MAX_DATAGRAMS && this.held <= MAX_BYTES) return
      this.drop(key)
    }
  }
}

/** Overlaps are resolved in favour of the lower offset; a hole means it is not complete. */
function assemble(datagram: Datagram): Buffer | null {
  const { total } = datagram
  if (total === null || total > 65_535) return null
  const whole = Buffer.alloc(total)
  let filled = 0
  for (const part of datagram.parts.toSorted((a, b) => a.offset - b.offset)) {
    if (part.offset > filled) return null
    const fresh = part.bytes.subarray(filled - part.offset)
    fresh.copy(whole, filled)
    filled = Math.min(total, filled + fresh.length)
  }
  return filled === total ? whole : null
}
