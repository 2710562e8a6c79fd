import { ContentHash } from '@/lib/formats/content-hash'
import type { ParsedDns } from '@/lib/formats/format'
import { RecentKeys } from '@/lib/intake/elastic/recent-keys'

/** An answer this late still belongs to its query; the same span as within one log. */
const ANSWER_MS = 30_000
const REMEMBERED = 16_384

type Lookup = Omit<ParsedDns, 'role' | 'truncated'>

/** Lookups that were handed on without their answers: such an answer, when it comes, is not counted as another lookup. */
export class LateAnswers {
  private readonly queries = new RecentKeys<number, number>(REMEMBERED)

  /** The lookup was handed on as unanswered. */
  closed(lookup: Lookup): void {
    this.queries.set(keyOf(lookup), lookup.at)
  }

  /** The same is asked once more: the next answer is to this. */
  asked(query: Lookup): void {
    const key = keyOf(query)
    if (this.queries.get(key) !== undefined) this.queries.set(key, Number.NEGATIVE_INFINITY)
  }

  has(answer: Lookup): boolean {
    const at = this.queries.get(keyOf(answer))
    return at !== undefined && Math.abs(answer.at - at) < ANSWER_MS
  }
}

const hash = new ContentHash()

/** With an id or a port the ends tell lookups apart, else the asker. */
function keyOf({ transactionId, clientPort, clientIp, source, processName, qname, sensor, scope }: Lookup): number {
  hash.start().text(qname).text(sensor).text(scope)
  if (transactionId !== null || clientPort !== null) hash.text(clientIp).number(clientPort).number(transactionId)
  else hash.text(source).text(processName)
  return hash.value52()
}
