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

/** What a name tells on its own. A zone's own name has length 0 and is readable. */
export function nameFeatures(qname: string, zone: string): NameFeatures {
  const part = hostPart(qname, zone)
  const labels = part.split('.')
  const { bits, unreadable } = readability(labels)
  return { length: part.length, entropyBits: shannonEntropy(labels.join('')), readabilityBits: bits, unreadable }
}
