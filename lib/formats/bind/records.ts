import type { DnsAnswer } from '@/lib/domain/dns-event'
import { nameFromText } from '@/lib/names/canonical-name'
import { canonicalIp } from '../address'
import { canonicalType } from '../dns-codes'

const MAX_ANSWERS = 64
const RECORD = /^(\S{1,1100}) (\d{1,10}) [A-Z]{1,8} ([A-Z0-9-]{1,16}) (.{0,4096})/

/** Records of an Infoblox response log: `NAME TTL IN TYPE DATA; …`; a semicolon inside quotes is data. */
export function infobloxAnswers(text: string): { readonly listed: readonly DnsAnswer[]; readonly count: number } {
  const listed: DnsAnswer[] = []
  let count = 0
  for (const piece of recordsIn(text)) {
    const [, name, ttl, type, data] = RECORD.exec(piece) ?? []
    if (name === undefined || type === undefined || data === undefined) continue
    count += 1
    if (listed.length >= MAX_ANSWERS) continue
    const address = canonicalIp(data)
    listed.push({
      name: nameFromText(name, 'decimal').qname,
      type: canonicalType(type),
      ttlSeconds: Number(ttl),
      data: address ?? data.slice(0, 1024),
      bytes: address === null ? null : address.includes(':') ? 16 : 4,
    })
  }
  return { listed, count }
}

function* recordsIn(text: string): Generator<string> {
  let start = 0
  let quoted = false
  for (let at = 0; at <= text.length; at++) {
    const char = text[at]
    if (char === '\\') at += 1
    else if (char === '"') quoted = !quoted
    else if (char === undefined || (char === ';' && !quoted)) {
      yield text.slice(start, at).trimStart()
      start = at + 1
    }
  }
}
