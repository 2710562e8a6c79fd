import { keptName, type NameOrigin, type NameSpan, SPAN_GAP_MS } from '@/lib/domain/host-name'
import type { LogBatch } from '@/lib/formats/read-log'
import type { HostNameWriter } from '@/lib/store/ports'
import { endpointSigns, lookupSigns } from './name-signs'

/** Spans known to be stored, so that the thousandth sign of one name costs no statement. */
const MAX_KNOWN = 50_000
/** Spans that wait for a locked store; beyond it they are given up: the events that told them are stored. */
const MAX_PENDING = 20_000
/** Signs other than leases come by the thousand: they count for their minute, which spares writes and loses nothing a page shows. */
const MINUTE_MS = 60_000

/** What a batch tells of names. */
export type NamingBatch = Pick<LogBatch, 'events' | 'leases'>

export interface HostNameLearner {
  /** Keeps what the batch tells. Never throws. @param demo - the batch is demonstration data. */
  learn(batch: NamingBatch, demo: boolean): void
  /** Forgets what demonstration data told. */
  forgetDemo(): void
}

export interface LearnerOptions {
  readonly writer: HostNameWriter
  /** The own zone that holds a name; null when none does. */
  readonly ownZoneOf: (name: string) => string | null
  readonly onFailure: (what: string, error: unknown) => void
}

/** Nothing is kept. */
export const noHostNames: HostNameLearner = { learn: () => {}, forgetDemo: () => {} }

type Times = Pick<NameSpan, 'firstSeenAt' | 'lastSeenAt'>

/** Gathers the signs of names in events and leases into spans, and stores what is new of them. */
export function createHostNameLearner(options: LearnerOptions): HostNameLearner {
  let known = new Map<string, Times>()
  let pending = new Map<string, NameSpan[]>()
  const add = (demo: boolean, origin: NameOrigin, address: string, written: string, times: Times): void => {
    const name = keptName(written)
    if (name === null) return
    const key = `${demo ? 'demo' : ''} ${origin} ${address} ${name}`
    const stored = known.get(key)
    if (stored !== undefined && stored.firstSeenAt <= times.firstSeenAt && times.lastSeenAt <= stored.lastSeenAt) return
    const spans = pending.get(key) ?? []
    const index = spans.findIndex((span) => touches(span, times))
    const span = spans[index]
    if (span === undefined) spans.push({ address, origin, name, demo, ...times })
    else spans[index] = { ...span, ...joined(span, times) }
    pending.set(key, spans)
  }
  const store = (): void => {
    if (pending.size === 0) return
    try {
      options.writer.learn([...pending.values()].flat())
    } catch (error) {
      options.onFailure('keeping names of addresses', error)
      if (pending.size > MAX_PENDING) pending = new Map()
      return
    }
    if (known.size > MAX_KNOWN) known = new Map()
    for (const [key, spans] of pending) {
      const [last] = spans.slice(-1)
      const old = known.get(key)
      if (last !== undefined) known.set(key, old !== undefined && touches(old, last) ? joined(old, last) : last)
    }
    pending = new Map()
  }
  return {
    learn: ({ events, leases = [] }, demo) => {
      for (const { address, name, at, until } of leases)
        add(demo, 'dhcp', address, name, { firstSeenAt: at, lastSeenAt: Math.max(at, until ?? at) })
      for (const event of events) {
        const signs = event.kind === 'dns' ? lookupSigns(event, options.ownZoneOf) : endpointSigns(event)
        for (const { origin, address, name } of signs) add(demo, origin, address, name, minuteOf(event.at))
      }
      store()
    },
    forgetDemo: () => {
      known = new Map()
      options.writer.removeDemo()
    },
  }
}

const minuteOf = (at: number): Times => {
  const firstSeenAt = Math.floor(at / MINUTE_MS) * MINUTE_MS
  return { firstSeenAt, lastSeenAt: firstSeenAt + MINUTE_MS - 1 }
}

const touches = (a: Times, b: Times): boolean => a.firstSeenAt <= b.lastSeenAt + SPAN_GAP_MS && b.firstSeenAt <= a.lastSeenAt + SPAN_GAP_MS

const joined = (a: Times, b: Times): Times => ({
  firstSeenAt: Math.min(a.firstSeenAt, b.firstSeenAt),
  lastSeenAt: Math.max(a.lastSeenAt, b.lastSeenAt),
})
