import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from './address'
import { canonicalType } from './dns-codes'

const MAX_DATA = 1_024
const NAMING = new Set(['CNAME', 'NS', 'PTR', 'DNAME'])

/** An answer as logs print it: type, data in presentation form, perhaps its owner and TTL. */
export function answerFromText(printed: {
  readonly type: string | null
  readonly data: string
  readonly name?: string | null
  readonly ttlSeconds?: number | null
}): DnsAnswer {
  const address = canonicalIp(printed.data)
  const type = canonicalType(printed.type) ?? (address === null ? null : address.includes(':') ? 'AAAA' : 'A')
  const isName = type !== null && NAMING.has(type) && printed.data.endsWith('.') && printed.data !== '.'
  return {
    name: printed.name ? nameFromText(printed.name, 'decimal').qname : null,
    type,
    ttlSeconds: printed.ttlSeconds ?? null,
    data: address ?? (isName ? printed.data.slice(0, -1) : printed.data).slice(0, MAX_DATA),
    bytes: address === null ? null : address.includes(':') ? 16 : 4,
  }
}
