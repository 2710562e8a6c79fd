import type { BenignFacts, Evidence, ScoreTerm } from '@/lib/domain/evidence'
import { type CatalogueMatch, catalogueMatch } from '@/lib/names/benign-catalogue/catalogue'
import type { Finding } from '../detector'
import { points } from '../score-terms'
import { plural } from './words'

/**
 * What an entry takes off. The reference table of docs/adr/0012 takes 30 off where volume gives 20 at most; here volume gives
 * up to 45, so a zone that only its operator answers for takes 60: ordinary use stays below the bar, ten times that does not.
 */
const OPERATOR_POINTS = -60
const TENANTS_POINTS = -30
/** Over all sources, volume gives 15 points for each doubling of sources that ask as usual, 45 at most. */
const MOST_FOR_SOURCES = 45

/** Score from which a finding that an entry explains is still an open alarm: the lowest band that is more than information. */
export const ALARM_BAR = 21

/** The entry that explains a finding's names. A burst of processes is about a program, not about a zone. */
export function matchOf({ zone, evidence }: Finding): CatalogueMatch | null {
  if (zone === null || evidence.processStarts.length > 0) return null
  return catalogueMatch(
    zone,
    evidence.samples.map(({ name }) => name),
  )
}

/** Why an entry lowers nothing: proof is not explained away by a list. */
export function overrideOf({ tool, evidence }: Pick<Finding, 'tool'> & { evidence: Pick<Evidence, 'decoding'> }): string | null {
  if (tool?.confidence === 'certain') return `The names are proven to be those of ${tool.name}, which no service makes.`
  const { decoding } = evidence
  if (decoding !== null && decoding.refusal === null && decoding.preview !== null)
    return 'What the names carry could be decoded to readable text, which no reputation look-up sends.'
  return null
}

/** @param sources - sources that a finding over all of them counts together; 1 for a finding of one source. */
export function catalogueTerm({ entry, names, under }: CatalogueMatch, sources: number): ScoreTerm {
  const holder = entry.holder === 'operator' ? 'only its operator answers there' : 'nobody gets a zone of their own delegated there'
  return {
    id: 'catalogue',
    sentence: `${under} of ${plural(names, 'sampled name')} lie under ${entry.suffix}: ${entry.what} (${entry.source}, checked ${entry.checked}); ${holder}${sources > 1 ? `, and each of the ${sources} sources adds to what is ordinary` : ''}.`,
    value: under / names,
    threshold: 0.9,
    points:
      (entry.holder === 'operator' ? OPERATOR_POINTS : TENANTS_POINTS) - points(15 * Math.log2(Math.max(1, sources)), MOST_FOR_SOURCES),
  }
}

export function suppressionOf({ entry }: CatalogueMatch, score: number): string {
  return `benign catalogue: ${entry.what} under ${entry.suffix} (${entry.source}, checked ${entry.checked}) explain the names; the score is ${score}, an alarm begins at ${ALARM_BAR}`
}

export const entryFacts = ({ entry }: CatalogueMatch): NonNullable<BenignFacts['entry']> => ({
  suffix: entry.suffix,
  what: entry.what,
  source: entry.source,
  checked: entry.checked,
  holder: entry.holder,
})
