import type { Tally } from '@/lib/domain/tally'
import { type ToolMatch, toolOf } from '@/lib/names/fingerprints/tool-of'
import type { Settings } from '../detector'
import { informationBytes, measureNames, type NameMeasures, uniqueRatio } from '../name-measures'
import { type Counted, countedNames } from './counted-names'
import type { Limits } from './quiet-history'

/** Dense names must be nearly all unreadable and asked once, because so few decide. */
const DENSE_SHARE = 0.9
/** Share of lookups that must be TXT before short readable names count. */
const TXT_SHARE = 0.9

export type CrossingId =
  | 'proven'
  | 'unreadable'
  | 'dense'
  | 'recognised'
  | 'rotation'
  | 'carriers'
  | 'unreadable-txt'
  | 'plain-txt'
  | 'counted'
  | 'volume'

export type Window = 'fast' | 'hour'

/** Against what counts are held. */
export interface Bars {
  readonly settings: Settings
  /** Thresholds in force: set or learned. */
  readonly limits: Limits
  /** Times all counts, for a source that speaks for many clients; 1 for any other. */
  readonly factor: number
  /** Share of a threshold that keeps an open alarm open; 1 for opening one. */
  readonly stay: number
}

/** What one window of a key shows, and which thresholds it crosses. */
export interface Assessment {
  readonly window: Window
  readonly tally: Tally
  readonly names: NameMeasures
  readonly information: number
  readonly unique: number
  /** The tool that made the names, when their structure tells. */
  readonly tool: ToolMatch | null
  /** Names that count, asked as AAAA alone. */
  readonly counted: Counted | null
  /** Unreadable names that open an alarm in this window, every factor applied. */
  readonly nameThreshold: number
  readonly factor: number
  readonly bars: Bars
  /** Every condition of unreadable names but their number holds. */
  readonly isShaped: boolean
  readonly crossed: readonly CrossingId[]
}

export const of = (settings: Settings, id: string): number => settings[id] ?? Number.POSITIVE_INFINITY

/** True when names are counted without being read, as the public description of the model has it. */
export const isParity = (settings: Settings): boolean => settings.parityMode === 1

/** Fewest lookups with which anything can be crossed: what is below is not looked at. */
export function fewestLookups(settings: Settings): number {
  return Math.min(
    ...['fastNames', 'hourNames', 'denseNames', 'carrierNames', 'provenNames', 'unreadableTxt', 'plainTxt', 'countedNames'].map((id) =>
      of(settings, id),
    ),
  )
}

/** Fewest lookups with which names that all read well can cross anything: what counts unreadable ones is out of reach. */
const fewestReadable = (settings: Settings): number =>
  Math.min(...['carrierNames', 'plainTxt', 'countedNames', 'volumeNames'].map((id) => of(settings, id)))

/** @returns null when too few distinct names were asked to cross anything. */
export function assess(window: Window, tally: Tally, bars: Bars): Assessment | null {
  const { settings, stay } = bars
  const fewest = fewestLookups(settings)
  if (tally.queries < fewest) return null
  if (tally.queries < stay * fewestReadable(settings) && tally.isReadable === true) return null
  if (tally.names.distinct < fewest) return null
  const names = measureNames(tally.names)
  const tool = mayProveTool(names, settings) ? toolOf(tally.names.sample, tally.zone) : null
  const counted = window === 'fast' && names.distinct >= stay * of(settings, 'countedNames') ? countedNames(tally) : null
  if (tool === null && counted === null && !isWorthMore(names, settings, stay)) return null
  const { factor } = bars
  const unique = uniqueRatio(tally)
  const nameThreshold = factor * bars.limits[window]
  // Compressing the names is most of the work: last of all, and below, only for whoever asks.
  const isShaped =
    names.unreadableShare >= of(settings, 'unreadableShare') &&
    unique >= of(settings, 'uniqueRatio') &&
    informationBytes(tally.names) >= factor * of(settings, 'informationBytes')
  const facts = { window, tally, names, unique, tool, counted, factor, bars, nameThreshold, isShaped }
  return {
    ...facts,
    crossed: isParity(settings) ? parityCrossing(facts) : crossings(facts),
    get information() {
      return informationBytes(tally.names)
    },
  }
}

type Uncrossed = Omit<Assessment, 'crossed' | 'information'>

/** Spares readable zones the decoding, but for those that a program pulls text from: stagers count with short labels. */
const mayProveTool = (names: NameMeasures, settings: Settings): boolean =>
  (names.unreadable >= of(settings, 'provenNames') && 2 * names.unreadable >= names.distinct) || names.plainTxt >= of(settings, 'plainTxt')

/** Spares readable zones the compression. */
const isWorthMore = (names: NameMeasures, settings: Settings, stay: number): boolean =>
  names.unreadable >= stay * of(settings, 'denseNames') ||
  names.carriers >= stay * of(settings, 'carrierNames') ||
  names.plainTxt >= stay * of(settings, 'plainTxt') ||
  names.forward >= stay * of(settings, 'volumeNames') ||
  (isParity(settings) && names.distinct >= stay * of(settings, 'volumeNames'))

function parityCrossing({ window, names, factor, bars }: Uncrossed): CrossingId[] {
  return window === 'fast' && names.distinct >= bars.stay * factor * bars.limits.volume ? ['volume'] : []
}

function crossings(facts: Uncrossed): CrossingId[] {
  const { window, tally, names, unique, tool, counted, factor, nameThreshold, isShaped, bars } = facts
  const { settings, stay } = bars
  const isFast = window === 'fast'
  const isAskedOnce = unique >= of(settings, 'uniqueRatio')
  const denseBytes = of(settings, isFast ? 'denseBytes' : 'denseBytesHour')
  const isTxt = (tally.byType.TXT ?? 0) >= TXT_SHARE * tally.queries
  const bar = (id: string): number => stay * factor * of(settings, id)
  const mayBeDense = names.unreadable >= bar('denseNames') && names.unreadableShare >= DENSE_SHARE && unique >= DENSE_SHARE
  const information = mayBeDense ? informationBytes(tally.names) : 0
  const isDense = mayBeDense && information >= factor * of(settings, 'informationBytes') && information >= denseBytes * names.distinct
  const checks: readonly (readonly [CrossingId, boolean])[] = [
    ['proven', tool?.confidence === 'certain'],
    ['unreadable', names.unreadable >= stay * nameThreshold && isShaped],
    ['dense', isDense],
    ['recognised', tool?.confidence === 'high' && names.distinct >= bar('denseNames')],
    ['carriers', names.carriers >= bar('carrierNames')],
    ['unreadable-txt', isFast && names.unreadableTxt >= bar('unreadableTxt') && isAskedOnce],
    ['plain-txt', isFast && isTxt && isAskedOnce && names.plainTxt >= bar('plainTxt')],
    ['counted', counted !== null && counted.names >= bar('countedNames')],
    [
      'volume',
      isFast && names.forward >= stay * factor * bars.limits.volume && names.distinct >= of(settings, 'uniqueRatio') * tally.queries,
    ],
  ]
  return checks.filter(([, isCrossed]) => isCrossed).map(([id]) => id)
}

/** By which a window is over its threshold: the one that shows more explains the alarm. */
export const timesOver = ({ names, nameThreshold }: Assessment): number => names.unreadable / nameThreshold
