import type { CanonicalName } from '@/lib/names/canonical-name'
import type { ParsedDns } from './format'

/** What a record says of a lookup, besides its name. */
export type LookupFacts = Pick<ParsedDns, 'at' | 'format' | 'recordNo'> & Partial<Omit<ParsedDns, 'kind' | 'qname' | 'qnameRaw'>>

/** A lookup with everything the record does not say left unknown; the asker is the client's address unless told otherwise. */
export function lookupOf(name: CanonicalName, facts: LookupFacts): ParsedDns {
  return {
    kind: 'dns',
    timeQuality: 'exact',
    source: facts.clientIp ?? null,
    clientIp: null,
    clientPort: null,
    serverIp: null,
    serverPort: null,
    transport: null,
    transactionId: null,
    qname: name.qname,
    qnameRaw: name.qnameRaw,
    qnameLossy: name.lossy,
    qtype: null,
    rcode: null,
    answers: [],
    answerCount: null,
    queryBytes: null,
    responseBytes: null,
    hostId: null,
    hostName: null,
    userName: null,
    processName: null,
    sensor: null,
    scope: 'client',
    attempts: 1,
    ...facts,
  }
}

/** A port as logs write it, number or digits; null for 0 and everything else. */
export function portOf(value: unknown): number | null {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null
}
