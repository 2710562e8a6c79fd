import type { BenignFamily } from '@/lib/domain/alarm'
import type { BENIGN_CONFIDENCES, Timing } from '@/lib/domain/evidence'
import { number, percent, plural } from './words'

/** What the recognition looks at; all of it observed, nothing looked up. */
export interface BenignInput {
  /** Sources active in the hour, and those of them that asked for the zone. */
  readonly active: number
  readonly asking: number
  readonly lookups: number
  readonly distinctNames: number
  /** Distinct names of the median asking source. */
  readonly namesPerSource: number
  /** Of the sampled names of several sources, the share that more than one of them asked; null with a single source. */
  readonly sharedNames: number | null
  /** 0–1 each: lookups that ask for addresses; answers that say the name does not exist; names no person chose; names that are a hash or an address backwards. */
  readonly addressShare: number
  readonly failedShare: number
  readonly unreadableShare: number
  readonly fixedFormShare: number
  readonly timing: Pick<Timing, 'verdict' | 'periodMs' | 'jitter'> | null
  readonly entry: { readonly family: BenignFamily; readonly suffix: string; readonly what: string } | null
}

export interface BenignOpinion {
  readonly family: BenignFamily
  readonly confidence: (typeof BENIGN_CONFIDENCES)[number]
  readonly evidence: readonly string[]
}

/** Hosts and share of hosts from which a zone belongs to a product rather than to one machine. */
const MANY_HOSTS = 3
const MANY_SHARE = 0.3
/** Names a host asks of a download or content service in an hour. */
const FEW_NAMES = 20
const MOSTLY = 0.9
const REPEATED_BELOW = 0.4
const SHARED_FROM = 0.3

interface Observation {
  readonly holds: boolean
  readonly sentence: string
}

/**
 * The family that most of what was seen speaks for, of the five of the information-content rule; null when nothing does.
 * A family is named from two observations on, or by a catalogue entry. It never lowers a score.
 */
export function recogniseBenign(input: BenignInput): BenignOpinion | null {
  const opinions = Object.entries(OBSERVATIONS).map(([family, observe]) => {
    const seen = observe(input).filter(({ holds }) => holds)
    const isListed = input.entry?.family === family
    const listed = isListed ? [`The names lie under ${input.entry?.suffix}, in the catalogue as ${input.entry?.what}.`] : []
    return { family: family as BenignFamily, isListed, seen: seen.length, evidence: [...listed, ...seen.map(({ sentence }) => sentence)] }
  })
  const [best] = opinions
    .filter(({ isListed, seen }) => isListed || seen >= 2)
    .toSorted((a, b) => Number(b.isListed) - Number(a.isListed) || b.seen - a.seen)
  if (best === undefined) return null
  const confidence = best.isListed ? (best.seen > 0 ? 'strong' : 'fair') : best.seen >= 3 ? 'fair' : 'weak'
  return { family: best.family, confidence, evidence: best.evidence }
}

const ofHosts = ({ asking, active }: BenignInput): string => `${number(asking)} of ${plural(active, 'active host')}`

const manyHosts = (input: BenignInput): Observation => ({
  holds: input.asking >= MANY_HOSTS && input.asking >= MANY_SHARE * input.active,
  sentence: `${ofHosts(input)} ask for the zone, as they do for a product that is on many machines.`,
})

const fewNamesEach = (input: BenignInput): Observation => ({
  holds: input.asking >= MANY_HOSTS && input.namesPerSource <= FEW_NAMES,
  sentence: `A host asks for ${plural(input.namesPerSource, 'name')} there, in the middle: too few to carry data.`,
})

const sharedNames = (input: BenignInput): Observation => ({
  holds: (input.sharedNames ?? 0) >= SHARED_FROM,
  sentence: `${percent(input.sharedNames ?? 0)} of the names are asked by more than one host; data that leaves is asked once, by one.`,
})

const repeatedNames = (input: BenignInput): Observation => ({
  holds: input.lookups >= 20 && input.distinctNames <= REPEATED_BELOW * input.lookups,
  sentence: `The same ${plural(input.distinctNames, 'name')} are asked again and again, ${number(input.lookups)} times in all.`,
})

const onlyAddresses = (input: BenignInput): Observation => ({
  holds: input.addressShare >= 0.95,
  sentence: `${percent(input.addressShare)} of the lookups ask for addresses, as one does before connecting.`,
})

const readable = (input: BenignInput): Observation => ({
  holds: input.unreadableShare <= 0.2,
  sentence: `Only ${percent(input.unreadableShare)} of the names are unreadable.`,
})

const fixedForm = (input: BenignInput): Observation => ({
  holds: input.fixedFormShare >= MOSTLY,
  sentence: `${percent(input.fixedFormShare)} of the names are a hash or an address written backwards, as look-ups in lists are.`,
})

const mostlyMissing = (input: BenignInput): Observation => ({
  holds: input.failedShare >= 0.5,
  sentence: `${percent(input.failedShare)} of the answers say that the name does not exist: what carries data answers.`,
})

const steadyBeat = ({ timing }: BenignInput): Observation => ({
  holds: timing?.verdict === 'regular' && (timing.jitter ?? 1) <= 0.1,
  sentence: 'The lookups follow a steady beat, as a monitoring program keeps. An implant may keep one too.',
})

const oneHost = (input: BenignInput): Observation => ({
  holds: input.asking <= 2 && input.active >= 5,
  sentence: `${ofHosts(input)} ${input.asking === 1 ? 'asks' : 'ask'}, as with a monitoring host.`,
})

const OBSERVATIONS: Readonly<Record<BenignFamily, (input: BenignInput) => readonly Observation[]>> = {
  'update-service': (input) =>
    readable(input).holds && manyHosts(input).holds ? [manyHosts(input), fewNamesEach(input), readable(input), onlyAddresses(input)] : [],
  cdn: (input) =>
    onlyAddresses(input).holds && (sharedNames(input).holds || repeatedNames(input).holds)
      ? [sharedNames(input), repeatedNames(input), fewNamesEach(input), onlyAddresses(input)]
      : [],
  'internal-monitoring': (input) =>
    repeatedNames(input).holds && steadyBeat(input).holds ? [steadyBeat(input), repeatedNames(input), oneHost(input)] : [],
  'cloud-load-balancing': (input) =>
    onlyAddresses(input).holds && !readable(input).holds && fewNamesEach(input).holds
      ? [fewNamesEach(input), onlyAddresses(input), sharedNames(input)]
      : [],
  'scripted-application': (input) => {
    const form = [fixedForm(input), mostlyMissing(input)]
    return form.some(({ holds }) => holds) ? [...form, manyHosts(input)] : []
  },
}
