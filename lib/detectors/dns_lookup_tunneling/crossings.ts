import type { Metric } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import { type ToolMatch, toolOf } from '@/lib/names/fingerprints/tool-of'
import type { KnownService } from '@/lib/names/known-services'
import { knownServiceOf } from '@/lib/names/known-services'
import type { Settings } from '../detector'
import { informationBytes, measureNames, type NameMeasures, uniqueRatio } from '../name-measures'

/** Dense names must be nearly all unreadable and asked once, because so few decide. */
const DENSE_SHARE = 0.9
/** Share of lookups that must be TXT before short readable names count. */
const TXT_SHARE = 0.9

export type CrossingId = 'proven' | 'unreadable' | 'dense' | 'carriers' | 'unreadable-txt' | 'plain-txt' | 'volume'

/** What one window of a (source, zone) shows, and which thresholds it crosses. */
export interface Assessment {
  readonly window: 'fast' | 'hour'
  readonly tally: Tally
  readonly names: NameMeasures
  readonly information: number
  readonly unique: number
  readonly known: KnownService | null
  /** The tool that made the names, when their structure tells. */
  readonly tool: ToolMatch | null
  /** Unreadable names that count as the threshold itself in this window, the known-service factor applied. */
  readonly nameThreshold: number
  readonly factor: number
  readonly crossed: readonly CrossingId[]
}

const of = (settings: Settings, id: string): number => settings[id] ?? Number.POSITIVE_INFINITY

/** Fewest lookups with which anything can be crossed: what is below is not looked at. */
export function fewestLookups(settings: Settings): number {
  return Math.min(
    ...['fastNames', 'hourNames', 'denseNames', 'carrierNames', 'provenNames', 'unreadableTxt', 'plainTxt'].map((id) => of(settings, id)),
  )
}

/** @returns null when too few distinct names were asked to cross anything. */
export function assess(window: 'fast' | 'hour', tally: Tally, settings: Settings): Assessment | null {
  const fewest = fewestLookups(settings)
  if (tally.queries < fewest || tally.names.distinct < fewest) return null
  const names = measureNames(tally.names)
  const tool = mayProveTool(names, settings) ? toolOf(tally.names.sample, tally.zone) : null
  if (tool === null && !isWorthMore(names, settings)) return null
  // What a tool's own structure proves is not explained away by a list.
  const known = tool?.confidence === 'certain' ? null : knownServiceOf(tally.zone, tally.names.sample)
  const factor = known === null ? 1 : of(settings, 'knownServiceFactor')
  const facts = { window, tally, names, information: informationBytes(tally.names), unique: uniqueRatio(tally), known, tool, factor }
  const nameThreshold = factor * of(settings, window === 'fast' ? 'fastNames' : 'hourNames')
  return { ...facts, nameThreshold, crossed: crossings({ ...facts, nameThreshold }, settings) }
}

/** Spares readable zones the decoding. */
const mayProveTool = (names: NameMeasures, settings: Settings): boolean =>
  names.unreadable >= of(settings, 'provenNames') && 2 * names.unreadable >= names.distinct

/** Spares readable zones the compression. */
const isWorthMore = (names: NameMeasures, settings: Settings): boolean =>
  names.unreadable >= of(settings, 'denseNames') ||
  names.carriers >= of(settings, 'carrierNames') ||
  names.plainTxt >= of(settings, 'plainTxt') ||
  names.forward >= of(settings, 'volumeNames')

function crossings(facts: Omit<Assessment, 'crossed'>, settings: Settings): CrossingId[] {
  const { window, tally, names, information, unique, tool, factor, nameThreshold } = facts
  const isAskedOnce = unique >= of(settings, 'uniqueRatio')
  const informs = information >= factor * of(settings, 'informationBytes')
  const denseBytes = of(settings, window === 'fast' ? 'denseBytes' : 'denseBytesHour')
  const isTxt = (tally.byType.TXT ?? 0) >= TXT_SHARE * tally.queries
  const checks: readonly (readonly [CrossingId, boolean])[] = [
    ['proven', tool?.confidence === 'certain'],
    ['unreadable', names.unreadable >= nameThreshold && names.unreadableShare >= of(settings, 'unreadableShare') && isAskedOnce && informs],
    [
      'dense',
      names.unreadable >= factor * of(settings, 'denseNames') &&
        names.unreadableShare >= DENSE_SHARE &&
        unique >= DENSE_SHARE &&
        informs &&
        information >= denseBytes * names.distinct,
    ],
    ['carriers', names.carriers >= factor * of(settings, 'carrierNames')],
    ['unreadable-txt', window === 'fast' && names.unreadableTxt >= factor * of(settings, 'unreadableTxt') && isAskedOnce],
    ['plain-txt', window === 'fast' && isTxt && isAskedOnce && names.plainTxt >= factor * of(settings, 'plainTxt')],
    [
      'volume',
      window === 'fast' &&
        names.forward >= factor * of(settings, 'volumeNames') &&
        names.distinct >= of(settings, 'uniqueRatio') * tally.queries,
    ],
  ]
  return checks.filter(([, isCrossed]) => isCrossed).map(([id]) => id)
}

/** The numbers of a window beside their thresholds. */
export function metricsOf({ window, tally, names, information, unique, nameThreshold, factor }: Assessment, settings: Settings): Metric[] {
  const span = window === 'fast' ? '5 minutes' : '60 minutes'
  const metric = (id: string, label: string, value: number, unit: string, threshold: number | null): Metric => ({
    id: `${window}-${id}`,
    label,
    value,
    unit,
    threshold,
  })
  return [
    metric('unreadable', `Distinct unreadable names in ${span}`, names.unreadable, '', nameThreshold),
    metric('distinct', `Distinct names in ${span}`, names.distinct, '', window === 'fast' ? factor * of(settings, 'volumeNames') : null),
    metric('queries', `Lookups in ${span}`, tally.queries, '', null),
    metric('unreadable-share', 'Share of names that are unreadable', names.unreadableShare, 'ratio', of(settings, 'unreadableShare')),
    metric('readability', 'Readability of the unreadable names', names.readabilityBits, 'bits/char', 5),
    metric('entropy', 'Mean entropy of the names', names.entropyBits, 'bits/char', null),
    metric('length', 'Mean length in front of the domain', names.length, 'B', null),
    metric('unique', 'Distinct names per lookup of one type', unique, 'ratio', of(settings, 'uniqueRatio')),
    metric('information', `Information in the names, ${span}`, information, 'B', factor * of(settings, 'informationBytes')),
    metric('carriers', 'Names asked by types that only carry data', names.carriers, '', factor * of(settings, 'carrierNames')),
    metric('unreadable-txt', 'Unreadable names asked as TXT', names.unreadableTxt, '', factor * of(settings, 'unreadableTxt')),
  ]
}
