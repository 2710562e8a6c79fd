import type { CanonicalName } from '@/lib/names/canonical-name'
import type { ParsedDns } from './format'

/** What a record says of a lookup, besides its name. */
export type LookupFacts = Pick<ParsedDns, 'at' | 'format' | 'recordNo'> & Partial<Omit<ParsedDns, 'kind' | 'qname' | 'qnameRaw'>>

/**
 * A lookup with everything the record does not say left unknown; the asker is the client's address unless told otherwise.
 * Written out field by field: every event of every log has the same fields in the same order, which the way behind it runs on.
 */
export function lookupOf(name: CanonicalName, facts: LookupFacts): ParsedDns {
  const { clientIp = null } = facts
  return {
    kind: 'dns',
    at: facts.at,
    timeQuality: facts.timeQuality ?? 'exact',
    source: facts.source === undefined ? clientIp : facts.source,
    clientIp,
    clientPort: facts.clientPort ?? null,
    serverIp: facts.serverIp ?? null,
    serverPort: facts.serverPort ?? null,
    transport: facts.transport ?? null,
    transactionId: facts.transactionId ?? null,
    qname: name.qname,
    qnameRaw: name.qnameRaw,
    qnameLossy: facts.qnameLossy ?? name.lossy,
    qtype: facts.qtype ?? null,
    rcode: facts.rcode ?? null,
    answers: facts.answers ?? NO_ANSWERS,
    answerCount: facts.answerCount ?? null,
    queryBytes: facts.queryBytes ?? null,
    responseBytes: facts.responseBytes ?? null,
    hostId: facts.hostId ?? null,
    hostName: facts.hostName ?? null,
    userName: facts.userName ?? null,
    processName: facts.processName ?? null,
    sensor: facts.sensor ?? null,
    scope: facts.scope ?? 'client',
    attempts: facts.attempts ?? 1,
    format: facts.format,
    recordNo: facts.recordNo,
    role: facts.role ?? 'both',
    truncated: facts.truncated ?? false,
  }
}

const NO_ANSWERS: ParsedDns['answers'] = []

/** A port as logs write it, number or digits; null for 0 and everything else. */
export function portOf(value: unknown): number | null {
  const port = typeof value === 'string' && /^\d{1,5}$/.test(value) ? Number(value) : value
  return typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536 ? port : null
}
