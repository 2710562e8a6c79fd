import type { SampledName } from '@/lib/domain/tally'
import { hostPart } from '../name-features'
import { bitsPerCharacter, MIN_JUDGED_LENGTH, UNREADABLE_BITS } from '../readability'
import { type Alphabet, BASE32, BASE32HEX, HEX, IODINE32, SLIVER32 } from './base-n'

/** An alphabet that the unreadable labels of a zone keep to. Names are compared in lower case, so base64 is not told apart. */
export interface Encoding {
  readonly name: string
  /** Defined by a public standard (RFC 4648), or by a tool. */
  readonly isStandard: boolean
  /** Characters the judgement rests on. */
  readonly characters: number
}

/** Smallest alphabet first: hexadecimal text also fits the others. */
const ALPHABETS: readonly Alphabet[] = [HEX, BASE32, BASE32HEX, IODINE32, SLIVER32]

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
  for (const { name, symbols, isStandard } of ALPHABETS) {
    const fits = [...used].every((char) => symbols.includes(char))
    if (fits && used.size >= MIN_USED * symbols.length) return { name, isStandard, characters }
  }
  return null
}
