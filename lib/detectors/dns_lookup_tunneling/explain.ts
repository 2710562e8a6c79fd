import type { TechniqueClaim } from '@/lib/domain/alarm'
import type { ScoreTerm } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import type { Encoding } from '@/lib/names/decode/alphabet-of-names'
import { UNREADABLE_BITS } from '@/lib/names/readability'
import type { Settings, TallyView } from '../detector'
import { bytesDownOf } from '../facts/name-facts'
import { number } from '../facts/words'
import { isRawType, measureNames } from '../name-measures'
import { doublings, informationPoints, points, toolTerm } from '../score-terms'
import type { Assessment } from './crossings'
import { failureTerm, LIGHT_BYTES } from './failures'
import { HOUR_MS } from './rule'

/** Names of equal length from which on a fixed chunk size is claimed. */
const CHUNK_NAMES = 20
const CHUNK_LENGTH = 40
const ORDINARY_LENGTH = 50
const LIGHT_POINTS = -8
/** Data in an answer, bytes, from which it holds more than a policy or a check: Splunk's rule for long TXT answers. */
const LONG_ANSWER = 100
/** Other sources that do alike before it looks like a product rather than an implant. */
const ALIKE_SOURCES = 3
const ALIKE_SHARE = 0.2
/** Times the names of the source in the middle. */
const STANDING_OUT = 3

const spanOf = ({ window }: Assessment): string => (window === 'fast' ? '5 minutes' : '60 minutes')
const percent = (share: number): string => `${Math.round(100 * share)} %`

/** Everything the points depend on. */
export interface Case {
  /** null: a zone over all its sources. */
  readonly source: string | null
  /** Several, busiest first, when a source uses them in turn. */
  readonly zones: readonly string[]
  readonly best: Assessment
  readonly hour: Tally
  readonly encoding: Encoding | null
  readonly view: TallyView
  readonly settings: Settings
}

/** The terms that add up to the score: a term without points is left out. */
export function termsOf(facts: Case): ScoreTerm[] {
  const { tool, tally } = facts.best
  const terms = [
    tool === null ? null : toolTerm(tool, tally.zone),
    volumeTerm(facts.best),
    readabilityTerm(facts.best),
    informationTerm(facts.best, facts.settings),
    lightTerm(facts.best),
    typeTerm(facts),
    answerTerm(facts),
    lengthTerm(facts.best),
    paceTerm(facts),
    encodingTerm(facts),
    prevalenceTerm(facts),
    failureTerm(facts.hour, facts.best),
  ]
  return terms.filter((term): term is ScoreTerm => term !== null && term.points !== 0)
}

function volumeTerm(best: Assessment): ScoreTerm {
  const { names, nameThreshold, tally, crossed } = best
  const span = spanOf(best)
  const asUnreadable = doublings(names.unreadable, nameThreshold, 15, 45)
  if (asUnreadable > 0 || !crossed.includes('volume')) {
    const sentence = `${number(names.unreadable)} distinct unreadable names below ${tally.zone} in ${span}, threshold ${number(nameThreshold)}.`
    return { id: 'volume', sentence, value: names.unreadable, threshold: nameThreshold, points: asUnreadable }
  }
  const threshold = best.factor * best.bars.limits.volume
  const sentence = `${number(names.distinct)} distinct names of any kind below ${tally.zone} in ${span}.`
  return { id: 'volume', sentence, value: names.distinct, threshold: null, points: doublings(names.distinct, threshold, 10, 20) }
}

function readabilityTerm({ names }: Assessment): ScoreTerm {
  const value = names.readabilityBits
  return {
    id: 'readability',
    sentence: `${percent(names.unreadableShare)} of the names are unreadable, at ${number(value)} bits per character; readable host names lie near 3.8, the limit is ${UNREADABLE_BITS}.`,
    value,
    threshold: UNREADABLE_BITS,
    points: names.unreadable === 0 ? 0 : points(20 * names.unreadableShare * ((value - UNREADABLE_BITS) / 3), 20),
  }
}

function informationTerm(best: Assessment, settings: Settings): ScoreTerm | null {
  if (best.names.unreadable === 0) return null
  const threshold = best.factor * (settings.informationBytes ?? 0)
  return {
    id: 'information',
    sentence: `The names hold ${number(best.information)} bytes of information in ${spanOf(best)}, threshold ${number(threshold)}.`,
    value: best.information,
    threshold,
    points: informationPoints(best.information, 15),
  }
}

/** Unreadable names this light carry a number rather than data, unless a tool is proven; words are light by nature. */
function lightTerm({ names, information, tool, crossed }: Assessment): ScoreTerm | null {
  const bytes = information / Math.max(1, names.distinct)
  if (tool !== null || !crossed.includes('unreadable') || bytes >= LIGHT_BYTES) return null
  const sentence = `Each name holds ${number(bytes)} bytes, no more than the number of a device.`
  return { id: 'light', sentence, value: bytes, threshold: LIGHT_BYTES, points: LIGHT_POINTS }
}

function typeTerm({ best, hour, settings }: Case): ScoreTerm | null {
  const { names, crossed, factor } = best
  if (names.carriers >= (settings.carrierNames ?? 0) * factor) {
    const types = Object.keys(hour.byType).filter((type) => !['A', 'AAAA', 'HTTPS', 'TXT'].includes(type))
    const sentence = `${number(names.carriers)} names were asked by types that carry data and that applications do not ask such names for (${types.slice(0, 6).join(', ')}).`
    return {
      id: 'types',
      sentence,
      value: names.carriers,
      threshold: settings.carrierNames ?? null,
      points: types.some(isRawType) ? 15 : 10,
    }
  }
  if (names.unreadableTxt >= (settings.unreadableTxt ?? 0) * factor) {
    const sentence = `${number(names.unreadableTxt)} unreadable names were asked as TXT, which answers with free text.`
    return { id: 'types', sentence, value: names.unreadableTxt, threshold: settings.unreadableTxt ?? null, points: 5 }
  }
  if (best.counted !== null && crossed.includes('counted')) {
    const { names: counted, first, last } = best.counted
    const threshold = (settings.countedNames ?? 15) * factor
    const sentence = `${number(counted)} names count from ${first} to ${last} in order and were asked for IPv6 addresses alone, as a program does that pulls data in pieces.`
    return { id: 'types', sentence, value: counted, threshold, points: doublings(counted, threshold, 10, 20) }
  }
  if (!crossed.includes('plain-txt')) return null
  const threshold = (settings.plainTxt ?? 15) * factor
  const sentence = `${number(names.plainTxt)} names were asked for nothing but TXT, as a program does that pulls text in pieces.`
  return { id: 'types', sentence, value: names.plainTxt, threshold, points: doublings(names.plainTxt, threshold, 10, 20) }
}

/** Answers that hold text as long as a piece of a file: what the few names that fetch it do not show. */
function answerTerm({ hour }: Case): ScoreTerm | null {
  const answered = hour.byRcode.NOERROR ?? 0
  const down = bytesDownOf(hour)
  if (down === null || answered === 0 || 2 * (hour.byType.TXT ?? 0) < hour.queries) return null
  const value = (2 * down.low) / answered
  if (value < LONG_ANSWER) return null
  const sentence = `An answer holds ${number(value)} bytes of text on average, ${number(2 * down.low)} in all; policies and checks seldom reach ${LONG_ANSWER}.`
  return { id: 'answers', sentence, value, threshold: LONG_ANSWER, points: doublings(value, LONG_ANSWER, 5, 10) }
}

/** Long names: Zeek's anomalous-dns starts at 90 bytes, Sentinel's hunt at 150; ordinary host parts stay under 50. */
function lengthTerm({ names }: Assessment): ScoreTerm | null {
  if (names.unreadable === 0) return null
  const sentence = `The part in front of the domain is ${number(names.length)} bytes long on average; host names stay under ${ORDINARY_LENGTH}.`
  const value = points((5 * (names.length - ORDINARY_LENGTH)) / ORDINARY_LENGTH, 10)
  return { id: 'length', sentence, value: names.length, threshold: ORDINARY_LENGTH, points: value }
}

/** Pace of the busiest minute: a person or a browser does not need a new unreadable name every second. */
function paceTerm({ source, best, view }: Case): ScoreTerm | null {
  let busiest = 0
  for (const minute of view.minutes(source, best.tally.zone, HOUR_MS)) {
    if (minute.queries > busiest) busiest = Math.max(busiest, measureNames(minute.names).unreadable)
  }
  if (busiest === 0) return null
  const sentence = `${number(busiest)} new unreadable names in the busiest minute.`
  return { id: 'pace', sentence, value: busiest, threshold: null, points: points((5 * busiest) / 60, 5) }
}

function encodingTerm({ encoding }: Case): ScoreTerm | null {
  if (encoding === null) return null
  const sentence = `${number(encoding.characters)} characters of the names use the alphabet of ${encoding.name} and nothing else.`
  return { id: 'encoding', sentence, value: encoding.characters, threshold: null, points: 5 }
}

/** Sources that ask the zone for many unreadable names, as a product on many hosts makes them do; few unless they are many. */
export function alikeSources(zone: string, view: TallyView, settings: Settings): readonly number[] {
  const counts = view
    .sourcesOf(zone, HOUR_MS)
    .slice(0, 50)
    .map(({ names }) => measureNames(names).unreadable)
  const alike = counts.filter((count) => count >= (settings.denseNames ?? 10)).toSorted((a, b) => a - b)
  return alike.length >= ALIKE_SOURCES && alike.length >= ALIKE_SHARE * view.totals(HOUR_MS).sources ? alike : []
}

/**
 * True for one of many sources that ask alike, as a product on many hosts makes them do: the alarms of the first ones list
 * them all, and the others would say the same. Not when a tool is proven, nor for a source that does far more than the others.
 */
export function isOneOfMany({ names, tally, tool }: Assessment, view: TallyView, settings: Settings): boolean {
  if (tool !== null) return false
  const alike = alikeSources(tally.zone, view, settings)
  return alike.length > 0 && names.unreadable < STANDING_OUT * (alike[Math.floor(alike.length / 2)] ?? 0)
}

/** One or two sources among many speak for an implant, many alike for a product. */
function prevalenceTerm({ source, best, view, settings }: Case): ScoreTerm | null {
  const { zone } = best.tally
  const asking = view.sourcesOf(zone, HOUR_MS)
  const active = view.totals(HOUR_MS).sources
  const alike = alikeSources(zone, view, settings).length
  if (alike > 0) {
    const sentence = `${alike} of ${active} active sources ask this domain in the same way, as a product on many hosts does.`
    // What many sources do together counts the ordinary many times.
    const value = source === null ? -points(15 * Math.log2(alike), 45) : -15
    return { id: 'prevalence', sentence, value: alike, threshold: ALIKE_SOURCES, points: value }
  }
  // Whoever asks for many says nothing of how many want the domain.
  if (active < 5 || asking.length > 2 || best.factor > 1) return null
  const sentence = `Only ${asking.length} of ${active} active sources ${asking.length === 1 ? 'asks' : 'ask'} this domain.`
  return { id: 'prevalence', sentence, value: asking.length, threshold: 2, points: 5 }
}

/** Techniques, each with the fact that was seen. */
export function claimsOf({ zones, best, hour, encoding }: Case): TechniqueClaim[] {
  const { names, tally, crossed } = best
  const seen = crossed.includes('volume') || names.unreadable === 0 ? names.distinct : names.unreadable
  const kind = names.unreadable === 0 ? '' : ' unreadable'
  const claims: TechniqueClaim[] = [
    {
      id: 'T1572',
      because: `${number(seen)} distinct${kind} names below ${zones.join(', ')} in ${spanOf(best)}, as DNS lookups carry data.`,
    },
  ]
  if (zones.length > 1) claims.push({ id: 'T1008', because: `One source used ${zones.length} domains in turn, with names of one make.` })
  const answered = hour.byRcode.NOERROR ?? 0
  const known = hour.queries - (hour.byRcode['-'] ?? 0)
  if (answered > 0 && answered >= 0.5 * known) {
    claims.push({
      id: 'T1071.004',
      because: `The domain’s server answered ${number(answered)} of ${number(hour.queries)} lookups, so data can come back.`,
    })
  }
  if (encoding !== null) {
    const id = encoding.isStandard ? 'T1132.001' : 'T1132.002'
    claims.push({ id, because: `${number(encoding.characters)} characters of the names fit the alphabet of ${encoding.name}.` })
  }
  if (best.tool?.name === 'DNSExfiltrator' && best.tool.confidence === 'certain') {
    claims.push({ id: 'T1048.001', because: `With DNSExfiltrator, which encrypts with RC4, ${best.tool.proof}.` })
  }
  const chunk = commonLength(tally)
  if (chunk !== null)
    claims.push({
      id: 'T1030',
      because: `${chunk.names} of ${chunk.of} names have the same length, ${chunk.length} bytes: chunks of fixed size.`,
    })
  return claims
}

function commonLength({ names }: Tally): { names: number; of: number; length: number } | null {
  const counts = new Map<number, number>()
  for (const { length, unreadable } of names.sample)
    if (unreadable && length >= CHUNK_LENGTH) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [top] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])
  if (top === undefined || top[1] < CHUNK_NAMES || top[1] < 0.5 * names.sample.length) return null
  return { names: top[1], of: names.sample.length, length: top[0] }
}

const REASONS: Readonly<Record<string, string>> = {
  proven: 'names that decode to packets of a known tool',
  unreadable: 'unreadable names asked once each',
  dense: 'few names that each carry much',
  rotation: 'names of one make below domains used in turn',
  carriers: 'names asked by types that only carry data',
  'unreadable-txt': 'unreadable names asked as TXT',
  recognised: 'names built as those of a known tool',
  'plain-txt': 'names of any kind asked as TXT only',
  counted: 'counting names asked for IPv6 addresses only',
  volume: 'many names of any kind',
}

export function summaryOf({ source, zones, best, view }: Case): string {
  const { names, tally, information, crossed, tool } = best
  const why = tool === null ? REASONS[crossed[0] ?? 'unreadable'] : `${tool.name} (${tool.confidence}), ${tool.proof}`
  const who = source ?? `${view.sourcesOf(tally.zone, HOUR_MS).length} sources together`
  const where =
    zones.length > 1 ? `${zones.length} domains in turn (${zones.slice(0, 4).join(', ')}${zones.length > 4 ? ', …' : ''})` : tally.zone
  return `${who} asked for ${number(names.distinct)} different names below ${where} in ${spanOf(best)}, ${number(names.unreadable)} of them unreadable, holding ${number(information)} bytes: ${why}.`
}
