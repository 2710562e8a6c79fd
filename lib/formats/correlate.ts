import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import { EventIds } from './event-id'
import type { ParsedDns, ParsedEvent } from './format'
import { createProcessMerger } from './merge-processes'
import { type OpenLookup, OpenLookups, weightOf } from './open-lookups'

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

/** How much an endless log had brought at some moment. */
export interface CorrelatorMark {
  readonly lookupRecords: number
  readonly starts: number
}

export interface Correlator {
  /** Takes the event over: it may be changed. */
  accept(event: ParsedEvent): void
  /** For logs without an end: how much was accepted so far. */
  mark(): CorrelatorMark
  /** Hands on what was begun before the mark and is still open, as it stands. */
  closeUpTo(mark: CorrelatorMark): void
  /** Is everything handed on that was begun before the mark? */
  isClosed(mark: CorrelatorMark): boolean
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
 * @param sink - receives lookups and process starts with their ids, in the order they close; `begun` counts like the
 *   parts of a mark, lookups by their records and starts by themselves.
 * @param onSkip - counts replies of logs without clients whose query was not seen.
 */
export function createCorrelator(sink: (event: LogEvent, begun: number) => void, onSkip: (reason: string) => void): Correlator {
  const ids = new EventIds()
  const open = new OpenLookups()
  let record = 0
  let latestAt = Number.NEGATIVE_INFINITY

  const closeOldest = () => {
    const lookup = open.removeOldest()
    if (lookup) sink(lookupWithId(lookup, ids.ofLookup(lookup.event)), lookup.openedAtRecord)
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
  const processes = createProcessMerger((event, begun) => sink({ ...event, id: ids.ofProcess(event) }, begun))

  return {
    accept: (event) => (event.kind === 'dns' ? acceptDns(event) : processes.accept(event)),
    mark: () => ({ lookupRecords: record, starts: processes.accepted() }),
    closeUpTo({ lookupRecords, starts }) {
      while ((open.oldest()?.openedAtRecord ?? Number.POSITIVE_INFINITY) <= lookupRecords) closeOldest()
      processes.closeUpTo(starts)
    },
    isClosed: ({ lookupRecords, starts }) =>
      (open.oldest()?.openedAtRecord ?? Number.POSITIVE_INFINITY) > lookupRecords && processes.oldest() > starts,
    end() {
      while (open.oldest()) closeOldest()
      processes.end()
    },
  }
}

function openLookup(open: OpenLookups, event: ParsedDns, record: number): void {
  const isResponse = event.role === 'response'
  const lookup: OpenLookup = {
    openedAtRecord: record,
    event,
    queries: isResponse ? 0 : event.attempts,
    lastQueryAt: event.at,
    answered: event.role !== 'query',
    entry: null,
    moreEntries: null,
  }
  open.add(lookup)
  if (event.scope === 'local-multicast') return
  if (isExact(event)) open.register(lookup, event, 'exact')
  else if (event.role === 'query') {
    open.register(lookup, event, 'asked')
    open.register(lookup, event, 'named')
  }
  if (event.truncated) open.register(lookup, event, 'cut')
}

const isExact = (event: ParsedDns): boolean => event.transactionId !== null || event.clientPort !== null

const sameQuestion = (a: ParsedDns, b: ParsedDns): boolean =>
  a.qname === b.qname && a.sensor === b.sensor && a.scope === b.scope && (a.qtype === b.qtype || a.qtype === null || b.qtype === null)

const sameEnds = (a: ParsedDns, b: ParsedDns): boolean =>
  a.clientIp === b.clientIp &&
  a.clientPort === b.clientPort &&
  a.transactionId === b.transactionId &&
  (a.serverIp === b.serverIp || a.serverIp === null || b.serverIp === null) &&
  a.hostName === b.hostName

function findOpen(open: OpenLookups, event: ParsedDns): OpenLookup | undefined {
  // On multicast the id is 0 and everybody answers everybody (RFC 6762 §18.1): there is nothing to pair by.
  if (event.scope === 'local-multicast') return undefined
  if (!isExact(event)) return event.role === 'response' ? findAsked(open, event) : undefined
  const isResponse = event.role === 'response'
  for (let entry = open.first(event, 'exact'); entry; entry = entry.next) {
    const { lookup } = entry
    if (entry.kind !== 'exact' || !sameEnds(lookup.event, event) || !sameQuestion(lookup.event, event)) continue
    const since = isResponse ? lookup.lastQueryAt : lookup.event.at
    if (Math.abs(event.at - since) < (isResponse ? ANSWER_MS : LOOKUP_MS)) return lookup
  }
  return event.transport === 'tcp' && !isResponse ? findCut(open, event) : undefined
}

/** The UDP lookup whose cut answer makes the client ask again over TCP. */
function findCut(open: OpenLookups, query: ParsedDns): OpenLookup | undefined {
  for (let entry = open.first(query, 'cut'); entry; entry = entry.next) {
    const { lookup } = entry
    const { event } = lookup
    if (entry.kind !== 'cut' || event.clientIp !== query.clientIp || event.serverIp !== query.serverIp || !sameQuestion(event, query))
      continue
    if (query.at < event.at || query.at - lookup.lastQueryAt > TCP_RETRY_MS) continue
    // The TCP connection has its own port and id: from here on the lookup answers to those.
    open.unregister(lookup)
    event.clientPort = query.clientPort
    event.transactionId = query.transactionId
    open.register(lookup, event, 'exact')
    return lookup
  }
  return undefined
}

/** The oldest open query a reply without id and port can belong to; it takes one reply. */
function findAsked(open: OpenLookups, reply: ParsedDns): OpenLookup | undefined {
  const kind = reply.source === null ? 'named' : 'asked'
  for (let entry = open.first(reply, kind); entry; entry = entry.next) {
    const { lookup } = entry
    const { event } = lookup
    if (entry.kind !== kind || !sameQuestion(event, reply) || event.processName !== reply.processName) continue
    if (reply.source !== null && event.source !== reply.source) continue
    if (Math.abs(reply.at - event.at) >= LOOKUP_MS) continue
    open.unregister(lookup)
    return lookup
  }
  return undefined
}

function fold(open: OpenLookups, lookup: OpenLookup, event: ParsedDns): void {
  open.weight -= weightOf(lookup)
  if (event.role !== 'response') foldQuery(lookup, event)
  if (event.role !== 'query') foldOutcome(lookup, event)
  open.weight += weightOf(lookup)
  if (event.truncated && event.transport === 'udp') open.register(lookup, event, 'cut')
}

function foldQuery(lookup: OpenLookup, query: ParsedDns): void {
  const { event } = lookup
  event.serverIp ??= query.serverIp
  event.transport ??= query.transport
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
  event.serverIp ??= outcome.serverIp
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
