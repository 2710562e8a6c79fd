import type { DnsScope, DnsTransport } from '@/lib/domain/dns-event'
import { ipv4At, ipv6At } from '../address'
import { readFields, type WireField } from './wire'

/** What is read of a dnstap message; positions are in the frame's bytes. */
export interface TapMessage {
  readonly identity: string | null
  readonly scope: DnsScope
  readonly isResponse: boolean
  readonly transport: DnsTransport | null
  readonly clientIp: string | null
  readonly clientPort: number | null
  readonly serverIp: string | null
  readonly serverPort: number | null
  /** Epoch ms. */
  readonly queryAt: number | null
  readonly responseAt: number | null
  readonly query: WireField | null
  readonly response: WireField | null
}

const TRANSPORTS: readonly (DnsTransport | null)[] = [null, 'udp', 'tcp', 'dot', 'doh', 'udp', 'tcp', 'doq']

/** Types by number (dnstap.proto): AUTH 1–2, RESOLVER 3–4, CLIENT 5–6, FORWARDER 7–8, STUB 9–10, TOOL 11–12, UPDATE 13–14. */
function scopeOfType(type: number): DnsScope | null {
  if (type === 1 || type === 2 || type === 5 || type === 6 || type === 11 || type === 12) return 'client'
  return type >= 3 && type <= 10 ? 'upstream' : null
}

/** @returns `malformed` for bytes that are no dnstap message, `not-a-query` for updates and unknown types. */
export function readTapMessage(bytes: Buffer): TapMessage | 'malformed' | 'not-a-query' {
  const outer = readFields(bytes, 0, bytes.length)
  const body = outer?.findLast((field) => field.number === 14)
  if (outer === null || body === undefined) return 'malformed'
  const fields = readFields(bytes, body.from, body.to)
  if (fields === null) return 'malformed'
  const last = (number: number): WireField | null => fields.findLast((field) => field.number === number) ?? null
  const type = last(1)?.value ?? 0
  const scope = scopeOfType(type)
  if (scope === null) return 'not-a-query'
  const identity = outer.findLast((field) => field.number === 1)
  return {
    identity:
      identity && identity.to > identity.from ? bytes.toString('utf8', identity.from, Math.min(identity.to, identity.from + 255)) : null,
    scope,
    isResponse: type % 2 === 0,
    transport: TRANSPORTS[last(3)?.value ?? 0] ?? null,
    clientIp: addressOf(bytes, last(4)),
    clientPort: last(6)?.value || null,
    serverIp: addressOf(bytes, last(5)),
    serverPort: last(7)?.value || null,
    queryAt: timeOf(last(8), last(9)),
    responseAt: timeOf(last(12), last(13)),
    query: last(10),
    response: last(14),
  }
}

function addressOf(bytes: Buffer, field: WireField | null): string | null {
  if (field === null) return null
  const length = field.to - field.from
  return length === 4 ? ipv4At(bytes, field.from) : length === 16 ? ipv6At(bytes, field.from) : null
}

const timeOf = (seconds: WireField | null, nanos: WireField | null): number | null =>
  seconds === null ? null : seconds.value * 1000 + Math.floor((nanos?.value ?? 0) / 1e6)
