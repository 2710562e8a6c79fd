import type { DnsEvent } from '@/lib/domain/dns-event'

/** The same question of the same source within this span is the same lookup: sent again, or seen by another sensor. */
const SPAN_MS = 5_000
/** Questions of one span remembered; a flood beyond it counts some repeats as lookups. */
const MAX_QUESTIONS = 100_000

type AskedAt = Map<string, number>

interface Snapshot {
  readonly turnedAt: number
  readonly current: readonly (readonly [string, number])[]
  readonly previous: readonly (readonly [string, number])[]
}

/** What is asked again within a few seconds. The same events in the same order give the same answers. */
export class Repeats {
  private turnedAt: number
  /** Source, type and name → when it was counted, since `turnedAt` and in the span before. */
  private current: AskedAt
  private previous: AskedAt

  constructor(snapshot?: unknown) {
    const { turnedAt = 0, current = [], previous = [] } = (snapshot ?? {}) as Partial<Snapshot>
    this.turnedAt = turnedAt
    this.current = new Map(current)
    this.previous = new Map(previous)
  }

  /** True when the lookup repeats one counted before it; else it counts, and is noted. */
  isRepeat({ at, source, qname, qtype }: Pick<DnsEvent, 'at' | 'source' | 'qname' | 'qtype'>): boolean {
    if (at - this.turnedAt >= SPAN_MS || this.current.size >= MAX_QUESTIONS) {
      this.previous = this.current
      this.current = new Map()
      this.turnedAt = at
    }
    const question = `${source} ${qtype ?? '-'} ${qname}`
    const last = this.current.get(question) ?? this.previous.get(question)
    if (last !== undefined && at - last < SPAN_MS) return true
    this.current.set(question, at)
    return false
  }

  snapshot(): unknown {
    return { turnedAt: this.turnedAt, current: [...this.current], previous: [...this.previous] } satisfies Snapshot
  }
}
