import { formatCount, plural } from '@/components/ui/format'
import type { BaselineMeasure } from '@/lib/domain/network-baseline'
import { type Against, FEWEST } from './network-series'

const digits = (value: number, places: number): string => String(Math.round(value * 10 ** places) / 10 ** places)
const percent = (share: number): string => `${digits(100 * share, share < 0.1 ? 1 : 0)} %`
const count = (value: number): string => (value < 100 ? digits(value, 1) : formatCount(value))

interface MeasureWords {
  readonly measure: BaselineMeasure
  readonly title: string
  /** What is charted: "bits per character". */
  readonly name: string
  readonly format: (value: number) => string
  /** The alarm's own value as the beginning of a sentence. */
  readonly own: (value: string) => string
}

/** The measures in the order they are shown: what detectors judge by first. */
export const MEASURES: readonly MeasureWords[] = [
  {
    measure: 'readabilityBits',
    title: 'Readability',
    name: 'bits per character',
    format: (value) => digits(value, 1),
    own: (value) => `The kept names read at ${value} bits a character, and random text at 5 or more`,
  },
  {
    measure: 'entropyBits',
    title: 'Entropy',
    name: 'bits per character',
    format: (value) => digits(value, 1),
    own: (value) => `Names carry ${value} bits a character`,
  },
  {
    measure: 'length',
    title: 'Length in front of the domain',
    name: 'bytes',
    format: (value) => digits(value, 0),
    own: (value) => `Names are ${value} bytes long`,
  },
  {
    measure: 'otherTypes',
    title: 'Lookups that ask for no address',
    name: 'share',
    format: percent,
    own: (value) => `${value} of the lookups ask for something else than an address`,
  },
  {
    measure: 'names',
    title: 'Distinct names in a minute',
    name: 'names',
    format: count,
    own: (value) => `${value} distinct names in an active minute`,
  },
  {
    measure: 'queries',
    title: 'Lookups in a minute',
    name: 'lookups',
    format: count,
    own: (value) => `${value} lookups in an active minute`,
  },
]

/** What a chart says: the alarm's value, and where it lies among the other domains of the same hours. */
export function sentenceOf({ own: begin, format }: MeasureWords, { own, usual, below, minutes }: Against, isLoading: boolean): string {
  if (own === null) return 'The alarm keeps nothing to measure this by.'
  const first = begin(format(own))
  if (usual === null) {
    if (isLoading) return `${first}. Reading what other domains did.`
    if (minutes === 0) return `${first}. No lookups of other domains are stored for these hours.`
    return `${first}. Too few others to compare with: ${plural(minutes, 'minute')} of other domains, ${FEWEST} are needed.`
  }
  const others = `95 % of other domains here stay at or under ${format(usual.high)}`
  if (own > usual.high) return `${first}; ${others}.`
  if (own < usual.low) return `${first}, less than usual; ${others}.`
  return `${first}, more than ${Math.round(100 * below)} % of other domains here; 95 % stay at or under ${format(usual.high)}.`
}
