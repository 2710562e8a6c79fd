import type { Random } from '../../benign-week/random'
import { base32 } from '../encode'
import { plainText } from '../kind'
import { twister } from './twister'

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** Of the published sample: in it the counter is written. */
const COUNTER_CHARACTERS = 'razupgnv2w01eos4t38h7yqidxmkljc6b9f5'

function numeral(value: number, alphabet: string): string {
  let text = ''
  for (let rest = value; ; ) {
    text = alphabet.charAt(rest % 36) + text
    rest = Math.floor(rest / 36)
    if (rest === 0) return text
  }
}

/** The characters in the order that a counter gives them. */
function shuffled(counter: number): string {
  let left = CHARACTERS
  let text = ''
  for (const drawn of twister(counter, 36)) {
    const at = drawn % left.length
    text += left.charAt(at)
    left = left.slice(0, at) + left.slice(at + 1)
  }
  return text
}

/** Labels of a session: contact, the size of a command, the command in pieces, its output in pieces, and again. */
export function saitamaNames(random: Random, count: number): string[] {
  let counter = 1 + random.below(40_000)
  const id = 80 + random.below(100)
  const padded = (value: number, alphabet: string) => numeral(value, alphabet).padStart(3, alphabet.charAt(0))
  const names: string[] = []
  const add = (make: (alphabet: string) => string) => {
    names.push(`${make(shuffled(counter))}${numeral(counter, COUNTER_CHARACTERS)}`)
    counter++
  }
  const under = (text: string, alphabet: string) => Array.from(text, (char) => alphabet.charAt(CHARACTERS.indexOf(char))).join('')
  add((alphabet) => under('aharuto', alphabet))
  while (names.length < count) {
    add((alphabet) => numeral(id, alphabet))
    for (let piece = 0; piece < 3 + random.below(4); piece++)
      add((alphabet) => numeral(2, alphabet) + numeral(id, alphabet) + padded(4 * piece, alphabet))
    const output = plainText(random, 60 + random.below(200))
    for (let at = 0; at < output.length; at += 10) {
      const size = at === 0 ? padded(output.length, CHARACTERS) : ''
      add(
        (alphabet) =>
          numeral(1, alphabet) +
          numeral(id, alphabet) +
          under(`${padded(at, CHARACTERS)}${size}${base32(output.subarray(at, at + 10))}`, alphabet),
      )
    }
  }
  return names.slice(0, count)
}
