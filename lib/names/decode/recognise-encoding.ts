import { type Alphabet, BASE32, BASE32HEX, BASE64, BASE64URL, HEX, IODINE32, IODINE64, IODINE64U, IODINE128, SLIVER32 } from './base-n'

/** An alphabet that text keeps to. */
export interface RecognisedEncoding {
  readonly name: string
  /** null: recognised, but nothing defines how symbols become bytes (base36, base58). */
  readonly alphabet: Alphabet | null
  readonly isStandard: boolean
  /** 1 − probability that the symbols of the next wider alphabet are absent by chance, 0–1. */
  readonly confidence: number
  readonly characters: number
}

interface Candidate {
  readonly name: string
  readonly symbols: string
  readonly alphabet: Alphabet | null
  readonly isStandard: boolean
  /** Size of the alphabet that text would use that has the same kinds of characters and knows no gaps. */
  readonly wider: number
}

const of = (alphabet: Alphabet, wider: number): Candidate => ({ ...alphabet, alphabet, wider })
const only = (name: string, symbols: string, wider: number): Candidate => ({ name, symbols, alphabet: null, isStandard: false, wider })

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const DIGITS = '0123456789'
const LETTERS = `${LOWER.toUpperCase()}${LOWER}`

/** Text in one case. */
const FOLDED: readonly Candidate[] = [
  only('decimal digits', DIGITS, 16),
  of(HEX, 36),
  of(BASE32, 36),
  of(IODINE32, 36),
  of(SLIVER32, 36),
  of(BASE32HEX, 36),
  only('base36', `${DIGITS}${LOWER}`, 38),
]
/** Text in which case means something. */
const CASED: readonly Candidate[] = [
  only('base58', [...`${DIGITS}${LETTERS}`].filter((char) => !'0OIl'.includes(char)).join(''), 62),
  only('base62', `${DIGITS}${LETTERS}`, 64),
  of(BASE64URL, 66),
  of(BASE64, 66),
  of(IODINE64, 66),
  of(IODINE64U, 66),
  of(IODINE128, 256),
]

/** Fewer characters miss symbols by chance. */
const MIN_CHARACTERS = 64
/** An encoding that would leave so many of its own symbols unused less often than this is not the one. */
const MIN_USE = 1e-3
const MIN_CONFIDENCE = 0.95

/**
 * The alphabet of the texts, or null when none fits or too little is there. Encoded or encrypted data uses all symbols of
 * its alphabet alike, so both the absence of others and the presence of its own are weighed.
 *
 * @param texts - one character per byte, padding included; in the case asked when that is known.
 */
export function recogniseEncoding(texts: readonly string[]): RecognisedEncoding | null {
  const text = texts.map((one) => one.replace(/={1,2}$/, '')).join('')
  const characters = text.length
  if (characters < MIN_CHARACTERS) return null
  const isCased = /[a-z]/.test(text) && /[A-Z]/.test(text)
  const isWide = /[\x80-\xff]/.test(text)
  const used = new Set(isCased || isWide ? text : text.toLowerCase())
  let best: RecognisedEncoding | null = null
  for (const candidate of isCased || isWide ? CASED : FOLDED) {
    if (![...used].every((char) => candidate.symbols.includes(char))) continue
    const size = candidate.symbols.length
    if (missedByChance(size, size - used.size, characters) < MIN_USE) continue
    const confidence = 1 - (size / candidate.wider) ** characters
    const { name, alphabet, isStandard } = candidate
    if (confidence >= MIN_CONFIDENCE && confidence > (best?.confidence ?? 0)) best = { name, alphabet, isStandard, confidence, characters }
  }
  return best
}

/** The alphabets that cover the texts and define bytes, narrowest first: plain text leaves symbols unused that data would not. */
export function coveringAlphabets(texts: readonly string[]): readonly Alphabet[] {
  const text = texts.map((one) => one.replace(/={1,2}$/, '')).join('')
  const isCased = (/[a-z]/.test(text) && /[A-Z]/.test(text)) || /[\x80-\xff]/.test(text)
  const used = [...new Set(isCased ? text : text.toLowerCase())]
  return (isCased ? CASED : FOLDED).flatMap(({ alphabet }) =>
    alphabet !== null && used.every((char) => alphabet.symbols.includes(char)) ? [alphabet] : [],
  )
}

/** Upper bound of the probability that some `missing` of `size` equally likely symbols do not occur in a text. */
function missedByChance(size: number, missing: number, characters: number): number {
  if (missing <= 0) return 1
  let choices = 0
  for (let i = 0; i < missing; i++) choices += Math.log(size - i) - Math.log(i + 1)
  return Math.min(1, Math.exp(choices + characters * Math.log((size - missing) / size)))
}
