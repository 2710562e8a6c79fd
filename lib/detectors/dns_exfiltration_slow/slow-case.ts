import { type ToolMatch, toolOf } from '@/lib/names/fingerprints/tool-of'
import type { Settings, TallyView } from '../detector'
import { resembles } from '../name-shape'
import { type BelowId, belowOneId } from '../numbered-below-id'
import { ASKED_SHARE, innerDomainsOf } from '../search-tail'
import type { DayMemory } from './day-memory'
import type { PairDay } from './pair-day'
import { informationOf, type Profile, profileOf } from './profile'
import { DAY_MS, SLOT_MS } from './rule'

/** Share of a rotating domain's names that must have one length. */
const ALIKE_SHARE = 0.6
/** Domains of one source looked at for a rotation; the ones with most names. */
const MAX_CANDIDATES = 200
/** Heavy names must nearly all be unreadable and asked once, and come in more than one burst. */
const HEAVY_SHARE = 0.9
const HEAVY_SLOTS = 2
/** What is over sooner is a burst, also when it falls into two spans. */
const SHORTEST_MS = 5 * 60_000

/** A source over the threshold: below one zone, or below several in turn. */
export interface SlowCase {
  readonly source: string
  /** Busiest first; one, unless the source rotates. */
  readonly profiles: readonly [Profile, ...Profile[]]
  readonly names: number
  readonly information: number
  /** Each name carries so much that fewer suffice. */
  readonly isHeavy: boolean
  /** A number that changes below one that stays: less information suffices. */
  readonly beacon: BelowId | null
  readonly tool: ToolMatch | null
}

export interface Surroundings {
  readonly memory: DayMemory
  readonly view: TallyView
  readonly nowMs: number
  readonly settings: Settings
  /** True for a resolver or forwarder. */
  readonly speaksForMany: (source: string) => boolean
}

const of = (settings: Settings, id: string): number => settings[id] ?? Number.POSITIVE_INFINITY

/** The case of one zone; null when it is under a threshold. */
export function assessZone(pair: PairDay, around: Surroundings): SlowCase | null {
  const { settings } = around
  if (pair.unreadable.distinct < Math.min(of(settings, 'names'), of(settings, 'heavyNames'))) return null
  const profile = profileOf(pair)
  if (!isSlowCarrier(profile, around) || isTail(profile, around)) return null
  const tool = toolOf(profile.sample, pair.zone)
  const information = informationOf(profile)
  const { names } = profile
  const isHeavy = isHeavyCarrier(profile, information, settings)
  if (names < of(settings, isHeavy ? 'heavyNames' : 'names')) return null
  if (activeSlots([profile]) < (isHeavy ? HEAVY_SLOTS : of(settings, 'activeSlots'))) return null
  const beacon = isHeavy || information >= of(settings, 'informationBytes') ? null : belowOneId(profile.sample, pair.zone)
  const found: SlowCase = { source: pair.source, profiles: [profile], names, information, isHeavy, beacon, tool }
  return information < thresholdsOf(found, settings).bytes ? null : found
}

/** Few names decide here, so nearly all must agree. */
const isHeavyCarrier = ({ names, unreadableShare, askedOnce }: Profile, information: number, settings: Settings): boolean =>
  unreadableShare >= HEAVY_SHARE && askedOnce >= HEAVY_SHARE && information >= of(settings, 'heavyBytes') * names

/**
 * The case of a source that uses domains in turn: a few rare zones, each with some unreadable names asked once, all of one
 * length and make. Ordinary browsing has many zones with one odd name each, and theirs do not resemble each other.
 *
 * @param withZone - only a rotation that includes this zone.
 */
export function assessRotation(source: string, around: Surroundings, withZone: string | null = null): SlowCase | null {
  const candidates = candidatesOf(source, around)
  const seeds = withZone === null ? candidates : candidates.filter(({ pair }) => pair.zone === withZone)
  for (const seed of seeds) {
    const group = candidates.filter((other) => other === seed || resembles(seed, other))
    const found = asCase(source, group, around)
    if (found !== null) return found
  }
  return null
}

/** Busiest first. */
function candidatesOf(source: string, around: Surroundings): Profile[] {
  const { memory, settings } = around
  const fewest = of(settings, 'rotationNames')
  const pairs = [...memory.pairsOf(source)].filter((pair) => pair.unreadable.size >= fewest)
  if (pairs.length < 2 || pairs.reduce((sum, pair) => sum + pair.unreadable.distinct, 0) < of(settings, 'names')) return []
  return pairs
    .toSorted((a, b) => b.unreadable.distinct - a.unreadable.distinct || (a.zone < b.zone ? -1 : 1))
    .slice(0, MAX_CANDIDATES)
    .map(profileOf)
    .filter((profile) => profile.alike >= ALIKE_SHARE && isSlowCarrier(profile, around))
}

function asCase(source: string, group: readonly Profile[], { settings }: Surroundings): SlowCase | null {
  const [busiest, ...others] = group
  if (busiest === undefined || others.length === 0 || group.length > of(settings, 'rotationDomains')) return null
  const names = group.reduce((sum, profile) => sum + profile.names, 0)
  if (names < of(settings, 'names') || activeSlots(group) < of(settings, 'activeSlots')) return null
  const information = group.reduce((sum, profile) => sum + informationOf(profile), 0)
  if (information < of(settings, 'informationBytes')) return null
  const tool = group.map(({ pair, sample }) => toolOf(sample, pair.zone)).find((match) => match !== null) ?? null
  return { source, profiles: [busiest, ...others], names, information, isHeavy: false, beacon: null, tool }
}

/** The names only repeat, with a search list's tail, what the source asks below another domain. */
function isTail({ sample, pair, names }: Profile, { memory }: Surroundings): boolean {
  return innerDomainsOf(sample, pair.zone).some((zone) => {
    const asked = memory.pair({ source: pair.source, zone })
    return asked !== null && asked.unreadable.distinct >= ASKED_SHARE * names
  })
}

/** Conditions that hold for each zone, alone or in a rotation. */
function isSlowCarrier(profile: Profile, { memory, view, nowMs, settings }: Surroundings): boolean {
  const { zone } = profile.pair
  return (
    profile.unreadableShare >= of(settings, 'unreadableShare') &&
    profile.askedOnce >= of(settings, 'askedOnce') &&
    profile.busiestSlot < of(settings, 'fastNames') &&
    lasted(profile) >= SHORTEST_MS &&
    memory.isRare(zone, view) &&
    !memory.isLongKnown(zone, nowMs)
  )
}

function lasted({ pair }: Profile): number {
  const instants = pair.unreadable.entries().flatMap(([, { firstAt, lastAt }]) => [firstAt, lastAt])
  return Math.max(...instants) - Math.min(...instants)
}

/** Unreadable names and bytes of information from which a case is one. */
export function thresholdsOf({ isHeavy, beacon }: SlowCase, settings: Settings): { readonly names: number; readonly bytes: number } {
  const names = of(settings, isHeavy ? 'heavyNames' : 'names')
  if (isHeavy) return { names, bytes: names * of(settings, 'heavyBytes') }
  return { names, bytes: of(settings, beacon === null ? 'informationBytes' : 'beaconBytes') }
}

/** Different ten-minute spans with unreadable names, over all zones. */
export function activeSlots(profiles: readonly Profile[]): number {
  return new Set(profiles.flatMap(({ pair }) => pair.activeSlots.map(({ at }) => at))).size
}

/** Largest number of sources of a rare zone. */
export function rareLimit(settings: Settings, view: TallyView): number {
  return Math.max(of(settings, 'sources'), Math.floor((settings.sourceShare ?? 0) * view.totals(6 * SLOT_MS).sources))
}

/** First and last lookup of unreadable names in the window. */
export function spanOf({ profiles }: SlowCase, nowMs: number): { readonly firstAt: number; readonly lastAt: number } {
  const slots = profiles.flatMap(({ pair }) => pair.activeSlots.filter(({ at }) => at >= nowMs - DAY_MS - SLOT_MS))
  const firstAt = Math.min(...slots.map((slot) => slot.firstAt))
  const lastAt = Math.max(...profiles.map(({ pair }) => pair.lastAt))
  return { firstAt, lastAt }
}
