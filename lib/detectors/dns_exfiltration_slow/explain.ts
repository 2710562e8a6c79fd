import type { TechniqueClaim } from '@/lib/domain/alarm'
import type { ScoreTerm } from '@/lib/domain/evidence'
import { encodingOf } from '@/lib/names/decode/alphabet-of-names'
import { UNREADABLE_BITS } from '@/lib/names/readability'
import { number } from '../facts/words'
import { areHashLookups } from '../hash-lookups'
import { doublings, points, toolTerm } from '../score-terms'
import type { Profile } from './profile'
import { activeSlots, type SlowCase, type Surroundings, thresholdsOf } from './slow-case'

/** Without a tool the terms add up to 72 at most: statistics of few names alone never make an alarm high. */
const LIMITS = { names: 26, readability: 10, information: 10, rare: 8, isNew: 4, askedOnce: 6, rotation: 6, encoding: 2 } as const

const FAILED_SHARE = 0.9
/** Enough that statistics of names that do not exist never make an alarm more than low by themselves: 72 − 26. */
const FAILED_POINTS = -26
/** Information a name below which it is no heavier than the number of a device: 16 hexadecimal digits add 9 to 11 bytes. */
const LIGHT_BYTES = 12
const LIGHT_POINTS = -8
/** A number of 32 bits adds 4 to 7 bytes, what monitors put against caches as well as beacons: low, however many. */
const NUMBER_BYTES = 8
const NUMBER_POINTS = -20
/** Enough that look-ups of hashes without a tool or readable text stay low: 72 − 15 less what is seldom reached. */
const HASH_POINTS = -15
/** Active sources from which rarity says something. */
const MIN_ACTIVE = 5
/** Names of one length from which on a fixed chunk size is claimed. */
const CHUNK_NAMES = 15
const CHUNK_LENGTH = 20
const CHUNK_SHARE = 0.8

const percent = (share: number): string => `${Math.round(100 * share)} %`
const zonesOf = ({ profiles }: SlowCase): string[] => profiles.map(({ pair }) => pair.zone)
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Mean over the zones, weighted by their names. */
const mean = ({ profiles, names }: SlowCase, value: (profile: Profile) => number): number =>
  profiles.reduce((sum, profile) => sum + value(profile) * profile.names, 0) / Math.max(1, names)

/** The terms that add up to the score: a term without points is left out. */
export function termsOf(found: SlowCase, around: Surroundings): ScoreTerm[] {
  const terms = [
    found.tool === null ? null : toolTerm(found.tool, found.profiles[0].pair.zone),
    namesTerm(found, around),
    readabilityTerm(found),
    informationTerm(found, around),
    lightTerm(found),
    hashTerm(found),
    onceTerm(found),
    rareTerm(found, around),
    newTerm(found, around),
    rotationTerm(found),
    encodingTerm(found),
    failureTerm(found),
  ]
  return terms.filter((term): term is ScoreTerm => term !== null && term.points !== 0)
}

function namesTerm(found: SlowCase, { settings }: Surroundings): ScoreTerm {
  const threshold = thresholdsOf(found, settings).names
  const sentence = `${number(found.names)} distinct unreadable names below ${list(zonesOf(found))} in 24 hours, threshold ${number(threshold)}.`
  return { id: 'names', sentence, value: found.names, threshold, points: doublings(found.names, threshold, 20, LIMITS.names) }
}

function readabilityTerm(found: SlowCase): ScoreTerm {
  const share = mean(found, ({ unreadableShare }) => unreadableShare)
  const value = mean(found, ({ readabilityBits }) => readabilityBits)
  return {
    id: 'readability',
    sentence: `${percent(share)} of the names are unreadable, at ${number(value)} bits per character; readable host names lie near 3.8, the limit is ${UNREADABLE_BITS}.`,
    value,
    threshold: UNREADABLE_BITS,
    points: points(LIMITS.readability * share * ((value - UNREADABLE_BITS) / 2), LIMITS.readability),
  }
}

function informationTerm(found: SlowCase, { settings }: Surroundings): ScoreTerm {
  const threshold = thresholdsOf(found, settings).bytes
  return {
    id: 'information',
    sentence: `The names hold ${number(found.information)} bytes of information, threshold ${number(threshold)}.`,
    value: found.information,
    threshold,
    // So few bytes count for nothing beyond opening the alarm, which stays low with them.
    points: found.beacon === null ? doublings(found.information, threshold, 4, LIMITS.information) : 0,
  }
}

/** Names this light carry a number rather than data, unless a tool is proven. */
function lightTerm({ names, information, tool }: SlowCase): ScoreTerm | null {
  const bytes = information / Math.max(1, names)
  if (tool !== null || bytes >= LIGHT_BYTES) return null
  const sentence = `Each name holds ${number(bytes)} bytes, ${bytes < NUMBER_BYTES ? 'no more than a number against caches' : 'no more than the number of a device'}.`
  return { id: 'light', sentence, value: bytes, threshold: LIGHT_BYTES, points: bytes < NUMBER_BYTES ? NUMBER_POINTS : LIGHT_POINTS }
}

function hashTerm({ profiles, tool }: SlowCase): ScoreTerm | null {
  const [{ pair, sample }] = profiles
  if (tool !== null || profiles.length > 1 || !areHashLookups(sample, pair.zone)) return null
  const sentence = 'Each name is one hash in front of the same labels, as security products look up files and addresses.'
  return { id: 'hashes', sentence, value: sample.length, threshold: null, points: HASH_POINTS }
}

/** True when what was found speaks against data as well: such an alarm is never more than low by its rule alone. */
export const isDoubtful = (terms: readonly ScoreTerm[]): boolean => terms.some(({ points: value }) => value < 0)

function onceTerm(found: SlowCase): ScoreTerm {
  const value = mean(found, ({ askedOnce }) => askedOnce)
  return {
    id: 'asked-once',
    sentence: `${percent(value)} of the unreadable names were asked in one minute of the day only, as data is and hosts are not.`,
    value,
    threshold: 0.7,
    points: points(LIMITS.askedOnce * ((value - 0.5) / 0.5), LIMITS.askedOnce),
  }
}

/** One or two sources among many speak for an implant; among few sources rarity says nothing. */
function rareTerm(found: SlowCase, { memory, view, speaksForMany }: Surroundings): ScoreTerm | null {
  const active = view.totals(3_600_000).sources
  const asking = Math.max(...zonesOf(found).map((zone) => memory.sourcesOf(zone)))
  // Whoever asks for many says nothing of how many want the domain.
  if (active < MIN_ACTIVE || speaksForMany(found.source)) return null
  const sentence = `At most ${number(asking)} of ${number(active)} active sources asked ${found.profiles.length > 1 ? 'each of these domains' : 'this domain'} in 24 hours.`
  return { id: 'rare', sentence, value: asking, threshold: 2, points: LIMITS.rare }
}

function newTerm(found: SlowCase, { memory, nowMs }: Surroundings): ScoreTerm | null {
  if (memory.isLearning(nowMs)) return null
  const sentence = `${list(zonesOf(found))} ${found.profiles.length > 1 ? 'were' : 'was'} not asked here a week and more ago.`
  return { id: 'new', sentence, value: found.profiles.length, threshold: null, points: LIMITS.isNew }
}

function rotationTerm(found: SlowCase): ScoreTerm | null {
  const zones = found.profiles.length
  if (zones < 2) return null
  const lengths = found.profiles.map(({ length }) => length)
  const sentence = `The source uses ${zones} domains in turn, with names of ${number(Math.min(...lengths))} to ${number(Math.max(...lengths))} bytes made alike.`
  return { id: 'rotation', sentence, value: zones, threshold: 2, points: LIMITS.rotation }
}

function encodingTerm({ profiles }: SlowCase): ScoreTerm | null {
  for (const { pair, sample } of profiles) {
    const encoding = encodingOf(sample, pair.zone)
    if (encoding === null) continue
    const sentence = `${number(encoding.characters)} characters of the names below ${pair.zone} use the alphabet of ${encoding.name} and nothing else.`
    return { id: 'encoding', sentence, value: encoding.characters, threshold: null, points: LIMITS.encoding }
  }
  return null
}

/** Whoever carries data answers; block lists, enumeration and generated domains mostly miss. */
function failureTerm({ profiles }: SlowCase): ScoreTerm | null {
  const answers = profiles.flatMap(({ sample }) => sample.map(({ rcode }) => rcode)).filter((rcode) => rcode !== null)
  const failed = answers.filter((rcode) => rcode === 'NXDOMAIN').length
  if (failed < 10 || failed < FAILED_SHARE * answers.length) return null
  const sentence = `${number(failed)} of ${number(answers.length)} answers say that the name does not exist, as with block lists and name guessing.`
  return { id: 'failures', sentence, value: failed / answers.length, threshold: FAILED_SHARE, points: FAILED_POINTS }
}

/** Techniques, each with the fact that was seen. */
export function claimsOf(found: SlowCase): TechniqueClaim[] {
  const claims: TechniqueClaim[] = []
  const sample = found.profiles.flatMap((profile) => profile.sample)
  const answered = sample.filter(({ rcode }) => rcode === 'NOERROR').length
  if (2 * answered >= sample.length) {
    const because = `The name server answered ${answered} of ${sample.length} of the unreadable names, so data can come back.`
    claims.push({ id: 'T1071.004', because })
  }
  for (const { pair, sample: names } of found.profiles) {
    const encoding = encodingOf(names, pair.zone)
    if (encoding === null) continue
    const because = `${number(encoding.characters)} characters below ${pair.zone} fit the alphabet of ${encoding.name}: data written as text, in plain DNS.`
    claims.push({ id: 'T1048.003', because })
    break
  }
  if (found.profiles.length > 1)
    claims.push({
      id: 'T1008',
      because: `The source uses ${found.profiles.length} domains in turn with names made alike: ${list(zonesOf(found))}.`,
    })
  const chunk = commonLength(found)
  if (chunk !== null) claims.push({ id: 'T1030', because: chunk })
  return claims
}

function commonLength({ profiles }: SlowCase): string | null {
  const lengths = profiles.flatMap(({ sample }) => sample.map(({ length }) => length))
  const counts = new Map<number, number>()
  for (const length of lengths) if (length >= CHUNK_LENGTH) counts.set(length, (counts.get(length) ?? 0) + 1)
  const [top] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])
  if (top === undefined || top[1] < CHUNK_NAMES || top[1] < CHUNK_SHARE * lengths.length) return null
  return `${top[1]} of ${lengths.length} unreadable names have the same length, ${top[0]} bytes: pieces of fixed size.`
}

export function summaryOf(found: SlowCase): string {
  const { source, profiles, names, information, tool } = found
  const where =
    profiles.length > 1 ? `in turn below ${profiles.length} domains (${list(zonesOf(found).slice(0, 5))})` : `below ${zonesOf(found)[0]}`
  const how = `${number(names)} unreadable names ${where} in 24 hours, in ${activeSlots(profiles)} spans of ten minutes, holding ${number(information)} bytes`
  const kind = found.beacon === null ? 'slow, rare and hardly ever repeated' : `a new number each time below ${found.beacon.id}`
  const why = tool === null ? kind : `${tool.name} (${tool.confidence}), ${tool.proof}`
  return `${source} asked for ${how}: ${why}.`
}
