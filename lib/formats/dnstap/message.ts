import type { DnsScope, DnsTransport } from '@/lib/domain/dns-event'
import { ipv4At, ipv6At } from '../address'
import { WireReader } from './wire'

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
  readonly query: MessageBounds | null
  readonly response: MessageBounds | null
}

const TRANSPORTS: readonly (DnsTransport | null)[] = [null, 'udp', 'tcp', 'dot', 'doh', 'udp', 'tcp', 'doq']

/** Types by number (dnstap.proto): AUTH 1–2, RESOLVER 3–4, CLIENT 5–6, FORWARDER 7–8, STUB 9–10, TOOL 11–12, UPDATE 13–14. */
function scopeOfType(type: number): DnsScope | null {
  if (type === 1 || type === 2 || type === 5 || type === 6 || type === 11 || type === 12) return 'client'
  return type >= 3 && type <= 10 ? 'upstream' : null
}

/** Bounds of a DNS message in the frame's bytes. */
export interface MessageBounds {
  readonly from: number
  readonly to: number
}

const reader = new WireReader()

/** @returns `malformed` for bytes that are no dnstap message, `not-a-query` for updates and unknown types. */
export function readTapMessage(bytes: Buffer): TapMessage | 'malformed' | 'not-a-query' {
  let body: MessageBounds | null = null
  let identity: string | null = null
  reader.begin(bytes, 0, bytes.length)
  while (reader.next()) {
    const { field, from, to } = reader
    if (field === 14) body = { from, to }
    else if (field === 1) identity = to > from ? bytes.toString('utf8', from, Math.min(to, from + 255)) : null
  }
  if (reader.isMalformed || body === null) return 'malformed'
  reader.begin(bytes, body.from, body.to)
  return readBody(bytes, identity)
}

/** Fields of `Message` (dnstap.proto) by number; of a field that comes twice the last counts. */
function readBody(bytes: Buffer, identity: string | null): TapMessage | 'malformed' | 'not-a-query' {
  let type = 0
  let protocol = 0
  let clientIp: string | null = null
  let serverIp: string | null = null
  let clientPort = 0
  let serverPort = 0
  let querySeconds = -1
  let queryNanos = 0
  let responseSeconds = -1
  let responseNanos = 0
  let query: MessageBounds | null = null
  let response: MessageBounds | null = null
  while (reader.next()) {
    const { field, value, from, to } = reader
    if (field === 1) type = value
    else if (field === 3) protocol = value
    else if (field === 4) clientIp = addressAt(bytes, from, to)
    else if (field === 5) serverIp = addressAt(bytes, from, to)
    else if (field === 6) clientPort = value
    else if (field === 7) serverPort = value
    else if (field === 8) querySeconds = value
    else if (field === 9) queryNanos = value
    else if (field === 10) query = { from, to }
    else if (field === 12) responseSeconds = value
    else if (field === 13) responseNanos = value
    else if (field === 14) response = { from, to }
  }
  if (reader.isMalformed) return 'malformed'
  const scope = scopeOfType(type)
  if (scope === null) return 'not-a-query'
  return {
    identity,
    scope,
    isResponse: type % 2 === 0,
    transport: TRANSPORTS[protocol] ?? null,
    clientIp,
    clientPort: clientPort || null,
    serverIp,
    serverPort: serverPort || null,
    queryAt: timeOf(querySeconds, queryNanos),
    responseAt: timeOf(responseSeconds, responseNanos),
    query,
    response,
  }
}

function addressAt(bytes: Buffer, from: number, to: number): string | null {
  return to - from === 4 ? ipv4At(bytes, from) : to - from === 16 ? ipv6At(bytes, from) : null
}

/** @param seconds - negative when the message has none. */
const timeOf = (seconds: number, nanos: number): number | null => (seconds < 0 ? null : seconds * 1000 + Math.floor(nanos / 1e6))
