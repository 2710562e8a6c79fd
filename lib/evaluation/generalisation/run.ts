import { detectors } from '@/lib/detectors'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { CountedLookup } from '@/lib/domain/dns-event'
import { createAnalyser } from '@/lib/engine/analyse'
import { createMemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { registeredDomain } from '@/lib/names/registered-domain'
import { Random } from '../benign-week/random'
import { background } from './background'
import { HOUR, type HonestKind, type HonestLookup, MINUTE, someDomain, type TunnelKind } from './kind'

/** A Monday morning. */
const START_MS = Date.UTC(2026, 9, 5, 9)
const IMPLANT = '10.0.0.66'
/** Other people at work, and how long before the tunnel. */
const CLIENTS = 12
const BEFORE_MS = 20 * MINUTE
/** The engine is asked for alarms so often, in lookups: an alarm is dated by its own opening. */
const EVENTS_A_LOOK = 5_000

const clientAddress = (client: number): string => `10.0.0.${10 + client}`

type Asked = Pick<CountedLookup, 'at' | 'source' | 'qtype' | 'rcode'> & { readonly name: string; readonly responseBytes?: number }

/** Names a detector never sees are left out, as by the intake. */
function counted({ at, source, name, qtype, rcode, responseBytes }: Asked, id: number): CountedLookup | null {
  const qname = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const zone = registeredDomain(qname)
  if (zone === null) return null
  const queryBytes = name.length + 18
  return {
    kind: 'dns',
    id,
    at: Math.round(at),
    source,
    zone,
    qname,
    qnameRaw: qname === name ? null : name,
    qtype,
    rcode,
    queryBytes,
    responseBytes: responseBytes ?? queryBytes + 60,
  }
}

const honest = ({ at, client, name, qtype = 'A', rcode = 'NOERROR' }: HonestLookup): Asked => ({
  at: START_MS + at,
  source: clientAddress(client),
  name,
  qtype,
  rcode,
})

interface Analysed {
  /** Those that are shown as open. */
  readonly alarms: readonly AlarmDraft[]
  readonly lookups: number
  /** An entry of the catalogue matched. */
  readonly isListed: boolean
}

function analysed(asked: readonly Asked[], withCatalogue: boolean): Analysed {
  const sink = createMemoryAlarmSink()
  const analyser = createAnalyser({ detectors, withCatalogue, findEpisode: (key, span, gapMs) => sink.findEpisode(key, span, gapMs) })
  const ordered = asked.toSorted((a, b) => a.at - b.at)
  let no = 0
  for (const one of ordered) {
    const lookup = counted(one, no++)
    if (lookup === null) continue
    analyser.observe(lookup)
    if (no % EVENTS_A_LOOK === 0) sink.upsert(analyser.drafts(), lookup.at)
  }
  analyser.finish()
  sink.upsert(analyser.drafts(), 0)
  const all = sink.alarms()
  return {
    alarms: all.filter(({ evidence }) => evidence.suppression === null),
    lookups: no,
    isListed: all.some(({ evidence }) => (evidence.benign?.entry ?? null) !== null),
  }
}

/** A tunnel's session as it went. */
export interface TunnelRun {
  readonly zones: readonly string[]
  readonly queries: number
  readonly firstAt: number
  readonly spanMs: number
  /** Alarms on the tunnel; the others are false. */
  readonly alarms: readonly AlarmDraft[]
  readonly falseAlarms: readonly AlarmDraft[]
  /** Instants of its lookups. */
  readonly askedAt: readonly number[]
}

/** @param queries - lookups that the program makes. */
export function runTunnel(kind: TunnelKind, seed: number, queries: number): TunnelRun {
  const random = new Random(seed)
  const [zone = '', ...others] = kind.zones?.(random) ?? [someDomain(random)]
  const zones = [zone, ...others]
  const below = random.chance(0.4) ? `${random.pick(['t', 'ns1', 'dns', 'cdn-a', 'x'])}.` : ''
  const next = kind.start({ random, zone, queries })
  const asked: Asked[] = []
  let at = START_MS + BEFORE_MS
  for (let index = 0; index < queries; index++) {
    const { after, name, qtype = 'A', rcode = 'NOERROR', zone: given, source = IMPLANT, responseBytes } = next(index)
    at += after
    asked.push({
      at,
      source,
      name: `${name}.${given ?? `${below}${zones[random.below(zones.length)] ?? zone}`}`,
      qtype,
      rcode,
      ...(responseBytes !== undefined && { responseBytes }),
    })
  }
  const firstAt = asked[0]?.at ?? at
  const hours = (at - START_MS) / HOUR + 0.2
  const others_ = Array.from(background(seed + 1, CLIENTS, hours), honest)
  const { alarms } = analysed([...asked, ...others_], true)
  const own = new Set(
    [...zones, ...(asked.some(({ name }) => name.endsWith('.lan')) ? ['lan'] : []), 'made-example.com'].map(
      (name) => registeredDomain(name) ?? name,
    ),
  )
  const isOwn = ({ zone: at_ }: AlarmDraft): boolean => at_ !== null && (own.has(at_) || zones.some((one) => at_ === `${one}.lan`))
  return {
    zones,
    queries,
    firstAt,
    spanMs: at - firstAt,
    alarms: alarms.filter(isOwn),
    falseAlarms: alarms.filter((alarm) => !isOwn(alarm)),
    askedAt: asked.map((one) => one.at),
  }
}

export interface HonestRun {
  readonly lookups: number
  readonly withCatalogue: readonly AlarmDraft[]
  readonly without: readonly AlarmDraft[]
}

/** One kind of honest traffic beside people at work, with and without the benign catalogue. */
export function runHonest(kind: HonestKind, seed: number, clients: number, hours: number): HonestRun {
  const own = Array.from(kind.make({ random: new Random(seed), clients, hours }), honest)
  const asked = [...own, ...Array.from(background(seed + 1, clients, hours), honest)]
  const { alarms, lookups, isListed } = analysed(asked, true)
  // What no entry matched is the same without any.
  return { lookups, withCatalogue: alarms, without: isListed ? analysed(asked, false).alarms : alarms }
}
