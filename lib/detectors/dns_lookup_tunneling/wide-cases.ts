import type { NameSketch, Tally } from '@/lib/domain/tally'
import { toolOf } from '@/lib/names/fingerprints/tool-of'
import type { TallyView } from '../detector'
import { informationBytes, measureNames, uniqueRatio } from '../name-measures'
import { type NameShape, resembles, shapeOf } from '../name-shape'
import { isSearchTail } from '../search-tail'
import { type Assessment, assess, type Bars, type CrossingId, of, type Window } from './crossings'
import { FAST_MS, HOUR_MS } from './rule'

/** What can be told of a zone over many sources: counts of readable names are ordinary there. */
const ZONE_CROSSINGS: ReadonlySet<CrossingId> = new Set(['proven', 'unreadable', 'dense', 'recognised', 'carriers', 'unreadable-txt'])
/** Unreadable names from which a source does more than ask for its own device's name. */
const OWN_NAMES = 3
/** Share of the unreadable names that must come from such sources. */
const OWN_SHARE = 0.6
/** Sources, and their share of the active ones, that make a zone a product's. */
const PRODUCT_SOURCES = 5
const PRODUCT_SHARE = 0.2
/** In a large network a fifth of the hosts are many: so many sources alone make a zone a product's. */
const MANY_SOURCES = 20
/** From how many active sources on shares mean something. */
const MANY_ACTIVE = 10
/** The share in a network too small for that. */
const SMALL_SHARE = 0.5
/** Names that the sources asked, each its own counted, for each different name: from here on many are shared. */
const SHARED_TIMES = 1.25
/** Sources of a zone that are read one by one. */
const MAX_SOURCES = 200
/** Share of a rotating domain's names that must have one length. */
const ALIKE_SHARE = 0.6

export const spanMsOf = (window: Window): number => (window === 'fast' ? FAST_MS : HOUR_MS)

/** A source that uses several zones in turn. */
export interface Rotation {
  readonly source: string
  readonly window: Window
  /** Busiest first. */
  readonly zones: readonly string[]
  /** The zones as one. */
  readonly best: Assessment
}

/**
 * A zone over all its sources: many sources that each ask a little, as a botnet does or a pool of resolvers that hides the
 * client. Not when a good part of the network asks it, and not when its sources ask for one name each: that is a product
 * with a name per device.
 */
export function assessZone(zone: string, view: TallyView, bars: Bars): Assessment | null {
  const sources = view.sourcesOf(zone, HOUR_MS)
  if (sources.length < 2) return null
  const found = (['fast', 'hour'] as const).flatMap((window) => {
    const tally = view.zone(zone, spanMsOf(window))
    const assessed = tally === null ? null : assess(window, tally, bars)
    if (assessed === null) return []
    const crossed = assessed.crossed.filter((id) => ZONE_CROSSINGS.has(id))
    return crossed.length === 0 ? [] : [{ ...assessed, crossed }]
  })
  const [best] = found.toSorted((a, b) => b.names.unreadable / b.nameThreshold - a.names.unreadable / a.nameThreshold)
  if (best === undefined) return null
  if (best.crossed.includes('proven')) return best
  if (isSearchTail(best.tally, view, spanMsOf(best.window))) return null
  const active = view.totals(HOUR_MS).sources
  if (isOfEverybody(sources, active, best.tally)) return null
  return askMany(sources.slice(0, MAX_SOURCES)) ? best : null
}

/** A good part of the network asks the zone, or its sources ask for the same names: data that leaves is asked once, by one. */
function isOfEverybody(sources: readonly Tally[], active: number, { names }: Tally): boolean {
  const many = Math.min(MANY_SOURCES, Math.max(PRODUCT_SOURCES, PRODUCT_SHARE * active))
  if (active >= MANY_ACTIVE && sources.length >= many) return true
  if (sources.length >= PRODUCT_SOURCES && sources.length >= SMALL_SHARE * active) return true
  const asked = sources.reduce((sum, own) => sum + own.names.distinct, 0)
  return asked >= SHARED_TIMES * names.distinct
}

function askMany(sources: readonly Tally[]): boolean {
  const counts = sources.map(({ names }) => measureNames(names).unreadable)
  const all = counts.reduce((sum, count) => sum + count, 0)
  const many = counts.reduce((sum, count) => (count >= OWN_NAMES ? sum + count : sum), 0)
  return all > 0 && many >= OWN_SHARE * all
}

interface Candidate {
  readonly tally: Tally
  readonly unreadable: number
  readonly shape: NameShape
}

/**
 * A source over zones it uses in turn: each zone stays under the thresholds, together they do not. The zones must be rare
 * here and their names alike, as one program makes them: ordinary browsing has many zones with odd names, unlike each other.
 *
 * @param fewestZones - Two, or three where one of them would raise an alarm alone.
 */
export function assessRotation(
  source: string,
  zones: readonly string[],
  view: TallyView,
  bars: Bars,
  { fewestZones, withZone = null }: { readonly fewestZones: number; readonly withZone?: string | null },
): Rotation | null {
  for (const window of ['fast', 'hour'] as const) {
    const candidates = zones
      .flatMap((zone) => candidateOf(source, zone, window, view, bars) ?? [])
      .toSorted((a, b) => b.unreadable - a.unreadable || (a.tally.zone < b.tally.zone ? -1 : 1))
    const seeds = withZone === null ? candidates : candidates.filter(({ tally }) => tally.zone === withZone)
    for (const seed of seeds) {
      const group = candidates.filter((other) => other === seed || resembles(seed.shape, other.shape))
      if (group.length < fewestZones || group.length > of(bars.settings, 'rotationZones')) continue
      const best = asOne(group, window, bars)
      if (best !== null) return { source, window, zones: group.map(({ tally }) => tally.zone), best }
    }
  }
  return null
}

function candidateOf(source: string, zone: string, window: Window, view: TallyView, { settings }: Bars): Candidate | null {
  const tally = view.pair(source, zone, spanMsOf(window))
  const fewest = of(settings, 'rotationNames')
  if (tally === null || tally.queries < fewest) return null
  const { unreadable, unreadableShare } = measureNames(tally.names)
  if (unreadable < fewest || unreadableShare < of(settings, 'unreadableShare')) return null
  if (uniqueRatio(tally) < of(settings, 'uniqueRatio')) return null
  const asking = view.sourcesOf(zone, HOUR_MS).length
  const rare = Math.max(of(settings, 'rotationSources'), Math.floor(0.02 * view.totals(HOUR_MS).sources))
  if (asking > rare) return null
  const shape = shapeOf(
    tally.names.sample.filter((name) => name.unreadable),
    zone,
  )
  return shape.alike < ALIKE_SHARE ? null : { tally, unreadable, shape }
}

function asOne(group: readonly Candidate[], window: Window, bars: Bars): Assessment | null {
  const tally = mergedTally(group.map((one) => one.tally))
  if (tally === null) return null
  const { settings, factor, stay } = bars
  const names = measureNames(tally.names)
  const information = informationBytes(tally.names)
  const nameThreshold = factor * bars.limits[window]
  if (names.unreadable < stay * nameThreshold || information < factor * of(settings, 'informationBytes')) return null
  const tool = group.map((one) => toolOf(one.tally.names.sample, one.tally.zone)).find((match) => match !== null) ?? null
  const unique = uniqueRatio(tally)
  return {
    window,
    tally,
    names,
    information,
    unique,
    tool,
    counted: null,
    nameThreshold,
    factor,
    bars,
    isShaped: true,
    crossed: ['rotation'],
  }
}

/** Tallies of one source below several zones as one, filed under the first; null when there is none. */
export function mergedTally(tallies: readonly Tally[]): Tally | null {
  const [first] = tallies
  if (first === undefined) return null
  const sum = (value: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + value(tally), 0)
  const sketches = tallies.map(({ names }) => names)
  const names: NameSketch = {
    distinct: sum((tally) => tally.names.distinct),
    exact: sketches.every(({ exact }) => exact),
    complete: sketches.every(({ complete }) => complete),
    sample: sketches.flatMap(({ sample }) => sample).toSorted((a, b) => a.hash - b.hash || (a.name < b.name ? -1 : 1)),
  }
  return {
    ...first,
    firstAt: Math.min(...tallies.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...tallies.map(({ lastAt }) => lastAt)),
    queries: sum((tally) => tally.queries),
    byType: counted(tallies.map(({ byType }) => byType)),
    byRcode: counted(tallies.map(({ byRcode }) => byRcode)),
    queryBytes: sum((tally) => tally.queryBytes),
    responseBytes: sum((tally) => tally.responseBytes),
    names,
  }
}

function counted(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total = new Map<string, number>()
  for (const one of counts) for (const [key, count] of Object.entries(one)) total.set(key, (total.get(key) ?? 0) + count)
  return Object.fromEntries(total)
}
