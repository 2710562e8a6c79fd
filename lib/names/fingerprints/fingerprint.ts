import type { Tool } from '@/lib/domain/alarm'
import type { Alphabet } from '../decode/base-n'
import type { Carriers } from './name-group'

/** What a tool put into its names, header fields taken off. */
export interface Carried {
  readonly alphabet: Alphabet
  /** Pieces in the order they belong together, at most `MAX_PIECES`. */
  readonly pieces: readonly Uint8Array[]
}

/** More pieces than this are not taken out of the names. */
export const MAX_PIECES = 50

/** A tool recognised by the names it makes. */
export interface Identification extends Tool {
  /** Observed facts, a sentence each. */
  readonly proof: readonly string[]
  /** null when nothing can be taken out, or nothing is there. */
  readonly carried: Carried | null
}

/**
 * Recognises one tool by the structure that its public source, or a published analysis, gives its names.
 *
 * - certain: a checksum, or fields of at least 3 names that agree with each other as packets of a session do;
 * - high: structure, alphabet and behaviour; medium: distinctive structure alone; low: a hint.
 *
 * null rather than a guess: no name is better than a wrong one.
 */
export interface Fingerprint {
  readonly tool: string
  identify(group: Carriers): Identification | null
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
export const namesText = (count: number): string => plural(count, 'name')
