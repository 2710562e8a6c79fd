import { ContentHash } from '@/lib/formats/content-hash'
import type { ParsedDns } from '@/lib/formats/format'
import { RecentKeys } from './recent-keys'

/** An answer this late still belongs to its query; the same span as within one log. */
const ANSWER_MS = 30_000
const REMEMBERED = 16_384

/**
 * Queries that an earlier request brought without their answers. What is acknowledged is stored, so a query cannot wait
 * for a request that may never come; its answer, when it does come, is the same lookup and is not counted again.
 */
export class StoredQueries {
  private readonly queries = new RecentKeys<number, number>(REMEMBERED)
  /** Of the request at hand: answers to these are the correlator's. */
  private pending = new Map<number, number>()

  /** Notes a query of the request at hand. */
  note(query: ParsedDns): void {
    this.pending.set(keyOf(query), query.at)
  }

  /** Called when the request's events are stored, or with false when they are not. */
  settle(isStored: boolean): void {
    if (isStored) for (const [key, at] of this.pending) this.queries.set(key, at)
    this.pending = new Map()
  }

  /** Did an earlier request bring the query that this is the answer to? */
  has(answer: ParsedDns): boolean {
    const key = keyOf(answer)
    if (this.pending.has(key)) return false
    const at = this.queries.get(key)
    return at !== undefined && Math.abs(answer.at - at) < ANSWER_MS
  }
}

const hash = new ContentHash()

/** With an id or a port the ends tell lookups apart, else the asker. Hashed: names are long, and a sender's to choose. */
function keyOf({ transactionId, clientPort, clientIp, source, processName, qname, sensor, scope }: ParsedDns): number {
  const isExact = transactionId !== null || clientPort !== null
  hash.start().text(qname).text(sensor).text(scope)
  if (isExact) hash.text(clientIp).number(clientPort).number(transactionId)
  else hash.text(source).text(processName)
  return hash.value52()
}
