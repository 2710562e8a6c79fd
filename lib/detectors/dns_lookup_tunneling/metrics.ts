import type { Metric } from '@/lib/domain/evidence'
import { type Assessment, of } from './crossings'

/** The numbers of a window beside the thresholds in force. */
export function metricsOf({ window, tally, names, information, unique, nameThreshold, factor, bars }: Assessment): Metric[] {
  const { settings, limits } = bars
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
    metric('distinct', `Distinct names in ${span}`, names.distinct, '', window === 'fast' ? factor * limits.volume : null),
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
