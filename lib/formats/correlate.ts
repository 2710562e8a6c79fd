import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import { createEventIds } from './event-id'
import type { ParsedDns, ParsedEvent } from './format'
import { createProcessMerger } from './merge-processes'
import { type OpenLookup, OpenLookups } from './open-lookups'

/** Records of one key within this span of event time are one lookup. */
const LOOKUP_MS = 5_000
/** An answer this late still belongs to its query: resolvers give up after 30 s (BIND's resolver-query-timeout is 10 s). */
const ANSWER_MS = 30_000
/** A cut UDP answer and the TCP query that follows it within this span are one lookup. */
const TCP_RETRY_MS = 2_000
/** A lookup also stays open for this many records, because logs are not strictly in time order. */
const LINGER_RECORDS = 2_000
/** Open lookups at most (each a little more for its answers); beyond it the oldest are handed on as they stand. */
const MAX_OPEN_WEIGHT = 65_536

export interface Correlator {
  /** Takes the event over: it may be changed. */
  accept(event: ParsedEvent): void
  /** Hands on everything still open, as unanswered where it is. */
  end(): void
}

/**
 * Folds packets, lines and documents into lookups, by event time alone.
 *
 * With a transaction id or a client port (D1), records of one client, port, server, id, name and type within 5 s are
 * one lookup. Without either (D2), a reply closes the oldest open query of the same asker and name; two queries stay
 * two. A query or a response alone is a lookup too (D3). Sensor and scope are part of the key (D4, D5). A cut UDP
 * answer followed by TCP within 2 s is one lookup (D6).
 *
 * @param sink - receives lookups and process starts with their ids, in the order they close.
 * @param onSkip - counts replies of logs without clients whose query was not seen.
 */
export function createCorrelator(sink: (event: LogEvent) => void, onSkip: (reason: string) => void): Correlator {
  const ids = createEventIds()
  const open = new OpenLookups()
  let record = 0
  let latestAt = Number.NEGATIVE_INFINITY

  const closeOldest = () => {
    const lookup = open.removeOldest()
    if (lookup) sink(lookupWithId(lookup, ids.ofLookup(lookup.event)))
  }
  const expire = () => {
    for (let oldest = open.oldest(); oldest; oldest = open.oldest()) {
      const expired =
        latestAt - oldest.lastQueryAt > (oldest.answered ? LOOKUP_MS : ANSWER_MS) && record - oldest.openedAtRecord > LINGER_RECORDS
      if (!expired && open.weight <= MAX_OPEN_WEIGHT) return
      closeOldest()
    }
  }
  const acceptDns = (event: ParsedDns) => {
    record += 1
    if (event.at > latestAt) latestAt = event.at
    expire()
    const found = findOpen(open, event)
    if (found) return fold(open, found, event)
    if (event.role === 'response' && event.source === null) return onSkip('answer-without-query')
    openLookup(open, event, record)
  }
  const processes = createProcessMerger((event) => sink({ ...event, id: ids.ofProcess(event) }))

  return {
    accept: (event) => (event.kind === 'dns' ? acceptDns(event) : processes.accept(event)),
    end() {
      while (open.oldest()) closeOldest()
      processes.end()
    },
  }
}

function openLookup(open: OpenLookups, event: ParsedDns, record: number): void {
  const isResponse = event.role === 'response'
  const lookup: OpenLookup = {
    keys: [],
    openedAtRecord: record,
    event,
    queries: isResponse ? 0 : event.attempts,
    lastQueryAt: event.at,
    answered: event.role !== 'query',
  }
  open.add(lookup)
  if (event.scope === 'local-multicast') return
  if (isExact(event)) open.register(lookup, exactKey(event))
  else if (event.role === 'query') {
    open.register(lookup, looseKey(event, event.source))
    open.register(lookup, looseKey(event, null))
  }
  if (event.truncated) open.register(lookup, askerKey(event))
}

const isExact = (event: ParsedDns): boolean => event.transactionId !== null || event.clientPort !== null

const exactKey = (event: ParsedDns): string =>
  `${event.clientIp} ${event.clientPort} ${event.serverIp} ${event.transactionId} ${event.qname} ${event.transport} ${event.scope} ${event.sensor ?? ''} ${event.hostName ?? ''}`

const looseKey = (event: ParsedDns, source: string | null): string =>
  `? ${source ?? ''} ${event.qname} ${event.scope} ${event.sensor ?? ''} ${event.processName ?? ''}`

/** Who asked what, whatever the port and id: joins a cut UDP answer to the TCP query after it. */
const askerKey = (event: ParsedDns): string => `tc ${event.clientIp} ${event.serverIp} ${event.qname} ${event.scope} ${event.sensor ?? ''}`

const sameType = (lookup: OpenLookup, event: ParsedDns): boolean =>
  lookup.event.qtype === event.qtype || lookup.event.qtype === null || event.qtype === null

function findOpen(open: OpenLookups, event: ParsedDns): OpenLookup | undefined {
  // On multicast the id is 0 and everybody answers everybody (RFC 6762 §18.1): there is nothing to pair by.
  if (event.scope === 'local-multicast') return undefined
  if (!isExact(event)) return event.role === 'response' ? findAsked(open, event) : undefined
  const within = (lookup: OpenLookup) => {
    const isResponse = event.role === 'response'
    const since = isResponse ? lookup.lastQueryAt : lookup.event.at
    return Math.abs(event.at - since) < (isResponse ? ANSWER_MS : LOOKUP_MS) && sameType(lookup, event)
  }
  const same = open.under(exactKey(event))?.find(within)
  if (same || event.transport !== 'tcp' || event.role === 'response') return same
  const cut = open
    .under(askerKey(event))
    ?.find((lookup) => event.at >= lookup.event.at && event.at - lookup.lastQueryAt <= TCP_RETRY_MS && sameType(lookup, event))
  if (cut) open.register(cut, exactKey(event))
  return cut
}

/** The oldest open query a reply without id and port can belong to; it takes one reply. */
function findAsked(open: OpenLookups, reply: ParsedDns): OpenLookup | undefined {
  const asked = open
    .under(looseKey(reply, reply.source))
    ?.find((lookup) => Math.abs(reply.at - lookup.event.at) < LOOKUP_MS && sameType(lookup, reply))
  if (asked) {
    open.unregister(asked, looseKey(asked.event, asked.event.source))
    open.unregister(asked, looseKey(asked.event, null))
  }
  return asked
}

function fold(open: OpenLookups, lookup: OpenLookup, event: ParsedDns): void {
  open.change(lookup, () => {
    if (event.role !== 'response') foldQuery(lookup, event)
    if (event.role !== 'query') foldOutcome(lookup, event)
  })
  if (event.truncated) open.register(lookup, askerKey(event))
}

function foldQuery(lookup: OpenLookup, query: ParsedDns): void {
  const { event } = lookup
  event.at = lookup.queries > 0 ? Math.min(event.at, query.at) : query.at
  event.qtype ??= query.qtype
  event.qnameRaw ??= query.qnameRaw
  event.queryBytes ??= query.queryBytes
  lookup.lastQueryAt = Math.max(lookup.lastQueryAt, query.at)
  lookup.queries += query.attempts
}

/** The first outcome stands; one cut to fit UDP gives way to the whole one. */
function foldOutcome(lookup: OpenLookup, outcome: ParsedDns): void {
  const { event } = lookup
  event.qtype ??= outcome.qtype
  event.queryBytes ??= outcome.queryBytes
  if (lookup.answered && !event.truncated) return
  lookup.answered = true
  event.truncated = outcome.truncated ?? false
  event.transport = outcome.transport ?? event.transport
  event.rcode = outcome.rcode
  event.answers = outcome.answers
  event.answerCount = outcome.answerCount
  event.responseBytes = outcome.responseBytes
}

function lookupWithId({ event, queries }: OpenLookup, id: number): DnsEvent {
  return {
    kind: 'dns',
    id,
    at: event.at,
    timeQuality: event.timeQuality,
    source: event.source,
    clientIp: event.clientIp,
    clientPort: event.clientPort,
    serverIp: event.serverIp,
    serverPort: event.serverPort,
    transport: event.transport,
    transactionId: event.transactionId,
    qname: event.qname,
    qnameRaw: event.qnameRaw,
    qnameLossy: event.qnameLossy,
    qtype: event.qtype,
    rcode: event.rcode,
    answers: event.answers,
    answerCount: event.answerCount,
    queryBytes: event.queryBytes,
    responseBytes: event.responseBytes,
    hostId: event.hostId,
    hostName: event.hostName,
    userName: event.userName,
    processName: event.processName,
    sensor: event.sensor,
    scope: event.scope,
    attempts: Math.max(1, queries),
    format: event.format,
    recordNo: event.recordNo,
  }
}
