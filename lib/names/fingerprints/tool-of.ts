import type { Tool } from '@/lib/domain/alarm'
import type { SampledName } from '@/lib/domain/tally'
import type { Identification } from './fingerprint'
import type { NameGroup } from './name-group'
import { identify } from './registry'

/** A tool recognised by the names it makes, with what proves it, as the end of a sentence. */
export interface ToolMatch extends Tool {
  readonly proof: string
}

/** The sampled names of a zone as the group that recognising and decoding work on. */
export const groupOf = (names: readonly SampledName[], zone: string): NameGroup => ({
  zone,
  names: names
    .filter(({ length }) => length > 0)
    .map(({ name, raw = null, qtype, rcode, firstAt }) => ({ name, raw, qtype, rcode, at: firstAt })),
})

/** The last answers, by sample: detectors ask for the same one several times in a step. */
const answers = new WeakMap<readonly SampledName[], Identification | null>()

/** What `identify` finds in a sample of names below a zone. */
export function identificationOf(names: readonly SampledName[], zone: string): Identification | null {
  const known = answers.get(names)
  if (known !== undefined) return known
  const found = identify(groupOf(names, zone))
  answers.set(names, found)
  return found
}

/**
 * The tool that made a zone's names, judged by the structure its public source gives them. An unknown tool is null: no name
 * is better than a wrong one.
 */
export function toolOf(names: readonly SampledName[], zone: string): ToolMatch | null {
  const found = identificationOf(names, zone)
  return found === null ? null : { name: found.name, confidence: found.confidence, proof: clauseOf(found.proof) }
}

/** Sentences as the end of one. */
const clauseOf = (sentences: readonly string[]): string =>
  sentences.map((sentence, at) => (at === 0 ? sentence : sentence.replace(/^The /, 'the ')).replace(/\.$/, '')).join('; ')
