import { z } from 'zod'
import { type MatchedStart, matchedStartSchema } from './matched-start'
import type { Counted, SignalHistory } from './threshold-window'

/** Starts of one host kept with their details; further ones are counted only. */
export const MAX_KEPT_PER_HOST = 1_000
/** The same over all hosts. */
export const MAX_KEPT = 10_000
/** Hosts followed at once; starts of further hosts are counted as unfollowed. */
export const MAX_HOSTS = 10_000
/** Seconds remembered of starts that are in no count: one more than the longest look-back, an hour. */
const MAX_UNCOUNTED_SECONDS = 3_601

/** One start with its details, or the starts of up to a second without. */
export interface CountedStart extends Counted {
  readonly start: MatchedStart | null
}

const foldedSchema = z.object({ at: z.number(), weight: z.number() })
type Folded = z.infer<typeof foldedSchema>

export const startMemorySchema = z.object({
  hosts: z.array(z.object({ hostId: z.string(), kept: z.array(matchedStartSchema), folded: z.array(foldedSchema) })),
  withoutHost: z.array(foldedSchema),
  unfollowed: z.array(foldedSchema),
})
export type StartMemoryState = z.infer<typeof startMemorySchema>

interface HostStarts {
  kept: MatchedStart[]
  folded: Folded[]
}

const secondOf = (at: number): number => Math.ceil(at / 1_000)

/** Folds an instant into the newest entry when it lies in the same second, so that a flood grows by one entry a second. */
function fold(entries: Folded[], at: number): void {
  const newest = entries.at(-1)
  if (newest === undefined || secondOf(newest.at) !== secondOf(at)) entries.push({ at, weight: 1 })
  else {
    newest.at = Math.max(newest.at, at)
    newest.weight += 1
  }
}

function foldUncounted(entries: Folded[], at: number): void {
  fold(entries, at)
  if (entries.length > MAX_UNCOUNTED_SECONDS) entries.shift()
}

const weightIn = (entries: readonly Folded[], fromMs: number, toMs: number): number =>
  entries.reduce((sum, { at, weight }) => (at >= fromMs && at <= toMs ? sum + weight : sum), 0)

/** Matched starts that a coming run may count, in bounded memory. */
export class StartMemory {
  private readonly hosts = new Map<string, HostStarts>()
  private withoutHost: Folded[] = []
  private unfollowed: Folded[] = []
  private keptInAll = 0

  constructor(state?: StartMemoryState) {
    if (state === undefined) return
    for (const { hostId, kept, folded } of state.hosts) {
      this.hosts.set(hostId, { kept: [...kept], folded: [...folded] })
      this.keptInAll += kept.length
    }
    this.withoutHost = [...state.withoutHost]
    this.unfollowed = [...state.unfollowed]
  }

  get isEmpty(): boolean {
    return this.hosts.size === 0
  }

  /** @param details - made only when there is room to keep them. */
  add(hostId: string, at: number, details: () => MatchedStart): void {
    const host = this.hosts.get(hostId) ?? this.follow(hostId)
    if (host === null) foldUncounted(this.unfollowed, at)
    else if (host.kept.length < MAX_KEPT_PER_HOST && this.keptInAll < MAX_KEPT) {
      host.kept.push(details())
      this.keptInAll += 1
    } else fold(host.folded, at)
  }

  /** A matched start whose record names no host is in no group; it is counted to be told. */
  addWithoutHost(at: number): void {
    foldUncounted(this.withoutHost, at)
  }

  *countable(): Iterable<CountedStart> {
    for (const [group, { kept, folded }] of this.hosts) {
      for (const start of kept) yield { group, at: start.at, weight: 1, start }
      for (const { at, weight } of folded) yield { group, at, weight, start: null }
    }
  }

  /** Matched starts within both ends that are in no group. */
  uncounted(fromMs: number, toMs: number): { readonly withoutHost: number; readonly unfollowed: number } {
    return { withoutHost: weightIn(this.withoutHost, fromMs, toMs), unfollowed: weightIn(this.unfollowed, fromMs, toMs) }
  }

  /** Forgets what no run can count any more: older than `fromMs`, or older than what was part of an alarm. */
  forget(fromMs: number, history: SignalHistory): void {
    this.keptInAll = 0
    for (const [hostId, host] of this.hosts) {
      const oldest = Math.max(fromMs, history.get(hostId) ?? fromMs)
      host.kept = host.kept.filter(({ at }) => at >= oldest)
      host.folded = host.folded.filter(({ at }) => at >= oldest)
      this.keptInAll += host.kept.length
      if (host.kept.length === 0 && host.folded.length === 0) this.hosts.delete(hostId)
    }
    this.withoutHost = this.withoutHost.filter(({ at }) => at >= fromMs)
    this.unfollowed = this.unfollowed.filter(({ at }) => at >= fromMs)
  }

  state(): StartMemoryState {
    return {
      hosts: [...this.hosts].map(([hostId, { kept, folded }]) => ({
        hostId,
        kept: [...kept],
        folded: folded.map((entry) => ({ ...entry })),
      })),
      withoutHost: this.withoutHost.map((entry) => ({ ...entry })),
      unfollowed: this.unfollowed.map((entry) => ({ ...entry })),
    }
  }

  private follow(hostId: string): HostStarts | null {
    if (this.hosts.size >= MAX_HOSTS) return null
    const host: HostStarts = { kept: [], folded: [] }
    this.hosts.set(hostId, host)
    return host
  }
}
