import type { NameSketch, SampledName, Tally } from '@/lib/domain/tally'
import { infoContent } from '@/lib/stats/info-content'

/** What the distinct names of a tally look like together. Counts of an incomplete sample are scaled to all distinct names. */
export interface NameMeasures {
  readonly distinct: number
  /** Distinct names that are not addresses written backwards: a mail server asks block lists for hundreds of those. */
  readonly forward: number
  /** Distinct unreadable names. */
  readonly unreadable: number
  /** 0–1. */
  readonly unreadableShare: number
  /** Mean bits per character of the unreadable names; 0 when there is none. */
  readonly readabilityBits: number
  /** Mean bytes in front of the zone. */
  readonly length: number
  /** Mean Shannon entropy, bits per character. */
  readonly entropyBits: number
  /** Distinct names of which at least one lookup used a type that carries data and that applications do not ask for host names. */
  readonly carriers: number
  /** Distinct unreadable names asked as TXT. */
  readonly unreadableTxt: number
  /** Distinct names asked as TXT that are neither service names (`_dmarc`) nor addresses written backwards (block lists). */
  readonly plainTxt: number
}

/** Types whose answers hold anything and that nothing but DNS software itself asks for: NULL, KEY and the private-use range. */
export function isRawType(qtype: string | null): boolean {
  if (qtype === null) return false
  if (qtype === 'NULL' || qtype === 'KEY' || qtype === 'PRIVATE') return true
  const number = /^TYPE(\d{1,5})$/.exec(qtype)?.[1]
  return number !== undefined && Number(number) >= 65_280 && Number(number) <= 65_534
}

/** Types that answer with a name and that clients ask for readable names only. */
const NAMING_TYPES: ReadonlySet<string> = new Set(['CNAME', 'MX', 'SRV', 'NS', 'PTR'])

const isServiceName = (name: string): boolean => name.startsWith('_') || name.includes('._')

const REVERSED_IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\./
const REVERSED_IPV6 = /^(?:[0-9a-f]\.){32}/

/** Nearly no name begins with a digit or a label of one character, and looking for that costs less than a pattern. */
function isReversedAddress(name: string): boolean {
  const first = name.charCodeAt(0)
  return (first >= 0x30 && first <= 0x39 && REVERSED_IPV4.test(name)) || (name.charCodeAt(1) === 0x2e && REVERSED_IPV6.test(name))
}

const isCarrier = ({ name, qtype, unreadable, length }: SampledName): boolean =>
  length > 0 && (isRawType(qtype) || (unreadable && qtype !== null && NAMING_TYPES.has(qtype) && !isServiceName(name)))

/** By sketch: detectors and facts ask for the same ones several times in a step. */
const measured = new WeakMap<NameSketch, NameMeasures>()
const informed = new WeakMap<NameSketch, number>()

export function measureNames(names: NameSketch): NameMeasures {
  const known = measured.get(names)
  if (known !== undefined) return known
  const measures = measuresOf(names)
  measured.set(names, measures)
  return measures
}

function measuresOf({ distinct, sample }: NameSketch): NameMeasures {
  const scale = sample.length === 0 ? 0 : distinct / sample.length
  const sum = { forward: 0, unreadable: 0, readabilityBits: 0, length: 0, entropyBits: 0, carriers: 0, unreadableTxt: 0, plainTxt: 0 }
  for (const name of sample) {
    sum.length += name.length
    sum.entropyBits += name.entropyBits
    if (name.unreadable) {
      sum.unreadable++
      sum.readabilityBits += name.readabilityBits ?? 0
    }
    if (isCarrier(name)) sum.carriers++
    const isForward = !isReversedAddress(name.name)
    if (isForward) sum.forward++
    if (name.qtype !== 'TXT' || name.length === 0 || isServiceName(name.name)) continue
    if (name.unreadable) sum.unreadableTxt++
    if (isForward) sum.plainTxt++
  }
  const names = Math.max(1, sample.length)
  return {
    distinct,
    forward: Math.round(sum.forward * scale),
    unreadable: Math.round(sum.unreadable * scale),
    unreadableShare: sum.unreadable / names,
    readabilityBits: sum.unreadable === 0 ? 0 : sum.readabilityBits / sum.unreadable,
    length: sum.length / names,
    entropyBits: sum.entropyBits / names,
    carriers: Math.round(sum.carriers * scale),
    unreadableTxt: Math.round(sum.unreadableTxt * scale),
    plainTxt: Math.round(sum.plainTxt * scale),
  }
}

/** Information content of the distinct names in bytes, scaled when the sample is incomplete. */
export function informationBytes(names: NameSketch): number {
  const known = informed.get(names)
  if (known !== undefined) return known
  const { distinct, sample } = names
  if (sample.length === 0) return 0
  const content = infoContent(sample.map(({ name }) => name))
  const bytes = sample.length === distinct ? content : Math.round((content * distinct) / sample.length)
  informed.set(names, bytes)
  return bytes
}

/**
 * Distinct names per lookup of the commonest type, 0–1: 1 when every name is asked once for each type, as a stub resolver
 * does with A and AAAA, and low when the same names are asked again and again.
 */
export function uniqueRatio({ byType, names, queries }: Tally): number {
  const commonest = Math.max(0, ...Object.values(byType))
  return Math.min(1, names.distinct / Math.max(1, commonest === 0 ? queries : commonest))
}
