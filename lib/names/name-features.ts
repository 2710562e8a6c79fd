import type { SampledName } from '@/lib/domain/tally'
import { shannonEntropy } from '@/lib/stats/shannon-entropy'
import { readability } from './readability'

export type NameFeatures = Pick<SampledName, 'length' | 'entropyBits' | 'readabilityBits' | 'unreadable'>

/** The part of a canonical name in front of its zone, one character per byte (`\DDD` undone); '' for the zone itself. */
export function hostPart(qname: string, zone: string): string {
  if (qname.length <= zone.length) return ''
  const part = qname.slice(0, qname.length - zone.length - 1)
  return part.includes('\\') ? part.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number(code) & 255)) : part
}

/** Names whose features are remembered: the same few names come again every minute. */
const REMEMBERED = 20_000
const remembered = new Map<string, NameFeatures & { readonly zone: string }>()

/** What a name tells on its own. A zone's own name has length 0 and is readable. */
export function nameFeatures(qname: string, zone: string): NameFeatures {
  const known = remembered.get(qname)
  if (known !== undefined && known.zone === zone) return known
  const part = hostPart(qname, zone)
  const labels = part.split('.')
  const { bits, unreadable } = readability(labels)
  const features = { zone, length: part.length, entropyBits: shannonEntropy(labels.join('')), readabilityBits: bits, unreadable }
  if (remembered.size >= REMEMBERED) remembered.clear()
  remembered.set(qname, features)
  return features
}
