import type { CountedLookup } from '@/lib/domain/dns-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import { Random } from './random'
import { browsing, video } from './traffic/browsing'
import { background, browserProbes, monitoring, ownNames } from './traffic/infrastructure'
import { mail, reputation, scanner } from './traffic/security'
import { saas, telemetry, updates } from './traffic/services'
import { activityAt, MINUTE_MS, makeWorld, type Traffic } from './world'

/** Every kind of traffic of the made-up network. */
export const TRAFFIC: readonly Traffic[] = [
  browsing,
  video,
  reputation,
  mail,
  scanner,
  telemetry,
  updates,
  saas,
  ownNames,
  browserProbes,
  background,
  monitoring,
]

export interface BenignTraffic {
  readonly clients: number
  readonly days: number
  readonly seed: number
  /** First instant, epoch ms; a whole minute. */
  readonly startMs: number
}

export interface MadeLookup {
  /** Id of its kind of traffic. */
  readonly kind: string
  /** null when detectors never see such a name: one label, a reverse zone, `.local`. */
  readonly lookup: CountedLookup | null
}

/** What is asked in the minutes ahead, at most an hour. */
const AHEAD_MINUTES = 60

interface Planned {
  readonly at: number
  readonly kind: string
  readonly source: string
  readonly name: string
  readonly qtype: string
  readonly rcode: string
}

/** Lookups in order of (at, id), made minute by minute: what is ahead in memory is an hour at most. */
export function* benignTraffic({ clients, days, seed, startMs }: BenignTraffic): Generator<MadeLookup> {
  const world = makeWorld(clients)
  const kinds = TRAFFIC.map(({ id, create }, index) => ({ id, make: create(world), random: new Random(seed * 1_000 + index + 1) }))
  const ahead = new Map<number, Planned[]>()
  const endMs = startMs + days * 24 * 60 * MINUTE_MS
  let no = 0
  for (let at = startMs; at < endMs; at += MINUTE_MS) {
    const activity = activityAt(at)
    for (const { id, make, random } of kinds) {
      const emit = (when: number, source: string, name: string, qtype: string, rcode = 'NOERROR') => {
        const inReach = Math.floor(Math.min(Math.max(when, at), at + AHEAD_MINUTES * MINUTE_MS - 1, endMs - 1))
        const minute = inReach - (inReach % MINUTE_MS)
        const bucket = ahead.get(minute)
        const planned = { at: inReach, kind: id, source, name, qtype, rcode }
        if (bucket === undefined) ahead.set(minute, [planned])
        else bucket.push(planned)
      }
      make({ at, activity, random, emit })
    }
    const due = (ahead.get(at) ?? []).sort((a, b) => a.at - b.at)
    ahead.delete(at)
    for (const planned of due) yield { kind: planned.kind, lookup: countedLookup(planned, no++) }
  }
}

/** Header, question and, in the answer, one record of typical size. */
const HEADER_BYTES = 18
const ANSWER_BYTES: Readonly<Record<string, number>> = { A: 16, AAAA: 28, TXT: 60, HTTPS: 50, SRV: 40, MX: 30, PTR: 40 }

function countedLookup({ at, source, name, qtype, rcode }: Planned, id: number): CountedLookup | null {
  const zone = registeredDomain(name)
  if (zone === null) return null
  const queryBytes = HEADER_BYTES + name.length
  const responseBytes = queryBytes + (rcode === 'NOERROR' ? (ANSWER_BYTES[qtype] ?? 30) : 80)
  return { kind: 'dns', id, at, source, zone, qname: name, qnameRaw: null, qtype, rcode, queryBytes, responseBytes }
}
