import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'
import { characterStrings, displayText } from '../dns-record-data'
import { octetsOf } from '../hex-escapes'
import { isObject, type JsonObject } from '../json-records'

/** Answers of a version 2 or 3 response: in detail, or only grouped by type. */
export function answersOf(dns: JsonObject): DnsAnswer[] {
  if (Array.isArray(dns.answers)) return dns.answers.filter(isObject).map(recordAnswer)
  if (!isObject(dns.grouped)) return []
  return Object.entries(dns.grouped).flatMap(([type, data]) =>
    Array.isArray(data) ? data.map((rdata) => recordAnswer({ rrtype: type, rdata })) : [],
  )
}

/** One answer record. */
export function recordAnswer(record: JsonObject): DnsAnswer {
  const type = canonicalType(typeof record.rrtype === 'string' ? record.rrtype : null)
  return {
    name: typeof record.rrname === 'string' ? nameFromText(record.rrname, 'hex').qname : null,
    type,
    ttlSeconds: typeof record.ttl === 'number' ? record.ttl : null,
    ...dataOf(type, record.rdata ?? record[(type ?? '').toLowerCase()]),
  }
}

/** Data is text, or an object for types of several fields (SOA, SRV, SSHFP). */
function dataOf(type: string | null, data: unknown): Pick<DnsAnswer, 'data' | 'bytes'> {
  if (isObject(data)) {
    const fields = Object.values(data).filter((value) => typeof value === 'string' || typeof value === 'number')
    return { data: displayText(octetsOf(fields.join(' '))), bytes: null }
  }
  if (typeof data !== 'string') return { data: '', bytes: null }
  const address = canonicalIp(data)
  if (address !== null) return { data: address, bytes: address.includes(':') ? 16 : 4 }
  const octets = octetsOf(data)
  if (type === 'TXT') return { data: characterStrings([octets]), bytes: octets.length + 1 }
  return { data: displayText(octets), bytes: type === 'NULL' ? octets.length : null }
}
