import type { SampledName } from '@/lib/domain/tally'
import { hostPart } from './name-features'
import { bitsPerCharacter, MIN_JUDGED_LENGTH, UNREADABLE_BITS } from './readability'

/** An alphabet that the unreadable labels of a zone keep to. Names are compared in lower case, so base64 is not told apart. */
export interface Encoding {
  readonly name: string
  /** Defined by a public standard (RFC 4648), or by a tool. */
  readonly isStandard: boolean
  /** Characters the judgement rests on. */
  readonly characters: number
}

/** Smallest alphabet first: hexadecimal text also fits the others. */
const ALPHABETS: readonly (readonly [name: string, symbols: string, isStandard: boolean])[] = [
  ['hexadecimal (RFC 4648)', '0123456789abcdef', true],
  ['base32 (RFC 4648)', 'abcdefghijklmnopqrstuvwxyz234567', true],
  ['base32hex (RFC 4648)', '0123456789abcdefghijklmnopqrstuv', true],
  ['iodine base32', 'abcdefghijklmnopqrstuvwxyz012345', false],
  ['Sliver base32', 'ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyz', false],
]

/** Fewer characters than this can miss a symbol by chance: 64 characters of base36 avoid four given ones once in 1,900. */
const MIN_CHARACTERS = 128
/** Share of an alphabet that must occur. */
const MIN_USED = 0.75

/** @returns null when no alphabet fits, or too little text was seen to tell. */
export function encodingOf(names: readonly SampledName[], zone: string): Encoding | null {
  const used = new Set<string>()
  let characters = 0
  for (const { name, unreadable } of names) {
    if (!unreadable) continue
    for (const label of hostPart(name, zone).split('.')) {
      if (label.length < MIN_JUDGED_LENGTH || bitsPerCharacter(label) <= UNREADABLE_BITS) continue
      characters += label.length
      for (const char of label) used.add(char)
    }
  }
  if (characters < MIN_CHARACTERS) return null
  for (const [name, symbols, isStandard] of ALPHABETS) {
    const fits = [...used].every((char) => symbols.includes(char))
    if (fits && used.size >= MIN_USED * symbols.length) return { name, isStandard, characters }
  }
  return null
}
