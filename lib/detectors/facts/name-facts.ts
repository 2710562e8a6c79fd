import type { Evidence } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import { UNREADABLE_BITS } from '@/lib/names/readability'
import { measureNames } from '../name-measures'
import { number, percent } from './words'

/** English host names; the model's mean over them. */
const ORDINARY_BITS = 3.8
const RANDOM_BITS = 6.5

/** How the names read, in plain words. */
export function readabilityOf(tally: Tally): NonNullable<Evidence['readability']> {
  const { unreadableShare, readabilityBits: bits } = measureNames(tally.names)
  if (unreadableShare === 0) return { bits: 0, unreadableShare, sentence: 'All names read like host names that a person chose.' }
  const like = bits >= RANDOM_BITS ? 'like random letters and digits' : 'unlike words, though not quite random'
  const who = unreadableShare >= 0.995 ? 'The names read' : `${percent(unreadableShare)} of the names read`
  const sentence = `${who} ${like}: ${number(bits)} bits per character, where ordinary host names need ${ORDINARY_BITS} and ${UNREADABLE_BITS} is the limit.`
  return { bits, unreadableShare, sentence }
}

/** Header of a DNS message, bytes. */
const HEADER = 12
/** Question besides its name (length bytes, type, class) and one answer besides its data (pointer, type, class, TTL, length). */
const QUESTION = 6
const ANSWER = 12
/** Data of an answer that is text is often base32 or hexadecimal: five eighths to a half of it is content. */
const TEXT_SHARE = 0.5

/**
 * Bytes that the answers can have carried. Upper bound: all of the responses but headers and the question they repeat;
 * lower bound: half of the data of one answer a response.
 *
 * @returns null when the log tells no sizes.
 */
export function bytesDownOf(tally: Tally): Evidence['bytesDown'] {
  if (tally.responseBytes <= 0) return null
  const answered = tally.queries - (tally.byRcode['-'] ?? 0)
  const { length } = measureNames(tally.names)
  const repeated = answered * (HEADER + QUESTION + length + 1 + tally.zone.length)
  const high = Math.max(0, Math.round(tally.responseBytes - repeated))
  const data = Math.max(0, high - ANSWER * (tally.byRcode.NOERROR ?? 0))
  return { low: Math.round(data * TEXT_SHARE), high }
}
