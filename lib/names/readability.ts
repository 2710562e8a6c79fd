import { CODES, ROWS, STEP_BITS, SYMBOLS } from './bigram-model'

/** Labels shorter than this say nothing about readability: `www` alone scores as badly as noise. */
export const MIN_JUDGED_LENGTH = 6

/**
 * Above this many bits per character a label is unreadable. Measured when the model was trained: 1.2 % of 7,848 held-out
 * host-like labels (package names, compounds of words and numbers) lie above it, and 99.9 % of random 16-character
 * hexadecimal, base32 and base36 labels (96.4 %, 98.9 % and 99.5 % at 8 characters). Of 2,547 different labels of 6
 * characters and more that real homes and offices asked, 25 % lie above it (abbreviations, other languages, machine-made
 * content hosts): it judges the names of a zone together, never one name alone.
 */
export const UNREADABLE_BITS = 5

/**
 * Labels of 3 to 5 characters are judged together, as one text, when they hold so many: an encoder that keeps its labels
 * short cannot hide in labels that are too short to judge. Of the names that real homes, offices and a range asked, 13 zones
 * have any with so many characters in such labels, and 4 any that is unreadable; service names and numbers are left out.
 */
const MIN_SHORT_LENGTH = 3
const MIN_JOINED_LENGTH = 10
/** Where two labels of words meet, characters follow each other that no word holds: a bit more is allowed. */
const JOINED_BITS = UNREADABLE_BITS + 1
const COUNTED_ONLY = /^(?:\d+|_.*)$/

/** Bits charged for a byte that host names never hold (RFC 952 letters, digits, hyphen; plus underscore): a uniform byte. */
const FOREIGN_BITS = 8

const EDGE = SYMBOLS.length
const SIZE = EDGE + 1
const BITS = Float32Array.from(ROWS.flatMap((row) => Array.from(row, (code) => CODES.indexOf(code) * STEP_BITS)))
const INDEX = new Int8Array(128).fill(-1)
for (let i = 0; i < SYMBOLS.length; i++) INDEX[SYMBOLS.charCodeAt(i)] = i

/**
 * Cross-entropy of a label under a character-bigram model of readable host names.
 *
 * @param label - Lower-case, one character per byte.
 * @returns Bits per character, the end of the label counted as one; readable text lies near 3.8, noise above 6.
 * @see K. Born, D. Gustafson, "Detecting DNS Tunnels Using Character Frequency Analysis", 2010.
 */
export function bitsPerCharacter(label: string): number {
  let from = EDGE
  let sum = 0
  for (let i = 0; i < label.length; i++) {
    const unit = label.charCodeAt(i)
    const to = unit < 128 ? (INDEX[unit] ?? -1) : -1
    if (to < 0) {
      sum += FOREIGN_BITS
      from = EDGE
    } else {
      sum += BITS[from * SIZE + to] ?? 0
      from = to
    }
  }
  return (sum + (BITS[from * SIZE + EDGE] ?? 0)) / (label.length + 1)
}

export interface Readability {
  /** Mean over what is long enough to judge, weighted by length; null when nothing is. */
  readonly bits: number | null
  /** At least half of the characters lie in unreadable labels. */
  readonly unreadable: boolean
}

/** @param labels - The labels in front of the zone, lower-case, one character per byte. */
export function readability(labels: readonly string[]): Readability {
  let characters = 0
  let judged = 0
  let weighted = 0
  let unreadable = 0
  let joined = ''
  for (const label of labels) {
    characters += label.length
    if (label.length < MIN_JUDGED_LENGTH) {
      if (label.length >= MIN_SHORT_LENGTH && !COUNTED_ONLY.test(label)) joined += label
      continue
    }
    const bits = bitsPerCharacter(label)
    judged += label.length
    weighted += bits * label.length
    if (bits > UNREADABLE_BITS) unreadable += label.length
  }
  if (joined.length >= MIN_JOINED_LENGTH) {
    const bits = bitsPerCharacter(joined)
    judged += joined.length
    weighted += bits * joined.length
    if (bits > JOINED_BITS) unreadable += joined.length
  }
  return { bits: judged === 0 ? null : weighted / judged, unreadable: unreadable > 0 && 2 * unreadable >= characters }
}
