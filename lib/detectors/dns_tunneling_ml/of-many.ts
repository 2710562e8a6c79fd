import type { Tally } from '@/lib/domain/tally'
import type { TallyView } from '../detector'
import { informationBytes, uniqueRatio } from '../name-measures'

/** Sources from which a zone may belong to a product or to everybody rather than to one machine. */
const MANY_SOURCES = 5
/** Distinct names per lookup below which names are asked again, by the same host or by others: what carries data is new each time. */
const ASKED_ONCE = 0.7
/**
 * Without repeats more sources must ask, or as good a part of a small network as makes a product (facts/benign-family), and
 * nearly all of them live here: senders of forged packets ask for nothing else.
 */
const MANY_HOSTS = 10
const MANY_SHARE = 0.3
const RESIDENT_SHARE = 0.8
const RESIDENT_ZONES = 3
/** Times the information of the source in the middle, from which one source does something else than the others. */
const STANDING_OUT = 3

/** A bucket is too short to see everybody who asks. */
const HOUR_MS = 3_600_000

/** What the recognition of shared zones reads of the hour up to a bucket's end. */
export class Surroundings {
  private zonesBySource: ReadonlyMap<string, number> | null = null

  constructor(
    private readonly view: TallyView,
    /** Information that a single source must carry to be told by itself. */
    readonly floor: number,
  ) {}

  sourcesOf(zone: string): readonly Tally[] {
    return this.view.sourcesOf(zone, HOUR_MS)
  }

  zone(zone: string): Tally | null {
    return this.view.zone(zone, HOUR_MS)
  }

  /** Sources of the hour, whatever they asked. */
  get active(): number {
    return this.view.totals(HOUR_MS).sources
  }

  /** True for a source that asks for several domains; counted once a bucket, and only when it matters. */
  isResident(source: string): boolean {
    if (this.zonesBySource === null) {
      const counts = new Map<string, number>()
      for (const pair of this.view.pairs(HOUR_MS)) counts.set(pair.source, (counts.get(pair.source) ?? 0) + 1)
      this.zonesBySource = counts
    }
    return (this.zonesBySource.get(source) ?? 0) >= RESIDENT_ZONES
  }
}

/**
 * True for a zone whose information is the sum over many hosts, none of which carries as much on its own: content networks,
 * shops and blogs, devices, trackers, the organisation's own domain. A tunnel below such a zone stands out as one source that
 * carries much in names of its own, and is told.
 */
export function isOfMany(zone: string, around: Surroundings): boolean {
  const sources = around.sourcesOf(zone)
  const whole = around.zone(zone)
  if (whole === null || sources.length < MANY_SOURCES) return false
  if (standsOut(sources, around.floor)) return false
  if (uniqueRatio(whole) < ASKED_ONCE) return true
  const residents = sources.filter(({ source }) => source !== null && around.isResident(source)).length
  return sources.length >= Math.min(MANY_HOSTS, MANY_SHARE * around.active) && residents >= RESIDENT_SHARE * sources.length
}

function standsOut(sources: readonly Tally[], floor: number): boolean {
  const carried = sources.map((own) => ({ bytes: informationBytes(own.names), isNew: uniqueRatio(own) >= ASKED_ONCE }))
  const middle = carried.map(({ bytes }) => bytes).toSorted((a, b) => a - b)[Math.floor(carried.length / 2)] ?? 0
  return carried.some(({ bytes, isNew }) => isNew && bytes >= Math.max(floor, STANDING_OUT * middle))
}
