import type { SampledName } from '@/lib/domain/tally'
import { shannonEntropy } from '@/lib/stats/shannon-entropy'
import { type NameHash, nameHash } from './name-hash'
import { readability } from './readability'

export type NameFeatures = Pick<SampledName, 'length' | 'entropyBits' | 'readabilityBits' | 'unreadable'>

/** The part of a canonical name in front of its zone, one character per byte (`\DDD` undone); '' for the zone itself. */
export function hostPart(qname: string, zone: string): string {
  if (qname.length <= zone.length) return ''
  const part = qname.slice(0, qname.length - zone.length - 1)
  return part.includes('\\') ? part.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number(code) & 255)) : part
}

/** Names remembered before the older half of them is let go: the same few names come again every minute. */
const REMEMBERED = 32_768

interface KnownName extends NameFeatures {
  readonly zone: string
  readonly hash: NameHash
}

let recent = new Map<string, KnownName>()
let older = new Map<string, KnownName>()

/** What a name tells on its own, and its hash. A zone's own name has length 0 and is readable. */
export function knownName(qname: string, zone: string): KnownName {
  const known = recent.get(qname)
  if (known !== undefined && known.zone === zone) return known
  const before = older.get(qname)
  const name = before !== undefined && before.zone === zone ? before : measured(qname, zone)
  if (recent.size >= REMEMBERED) {
    older = recent
    recent = new Map()
  }
  recent.set(qname, name)
  return name
}

/** What a name tells on its own. A zone's own name has length 0 and is readable. */
export const nameFeatures = (qname: string, zone: string): NameFeatures => knownName(qname, zone)

function measured(qname: string, zone: string): KnownName {
  const part = hostPart(qname, zone)
  const labels = part.split('.')
  const { bits, unreadable } = readability(labels)
  const entropyBits = shannonEntropy(part.replaceAll('.', ''))
  return { zone, hash: nameHash(qname), length: part.length, entropyBits, readabilityBits: bits, unreadable }
}
