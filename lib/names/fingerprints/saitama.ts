import { BASE32, decodeText } from '../decode/base-n'
import type { Carried, Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carriers } from './name-group'
import { commonest, countsUp, type Numbered } from './sequence'

const CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
/** The published sample writes its counter with these; everything else with characters that the counter shuffles. */
const COUNTER_CHARACTERS = 'razupgnv2w01eos4t38h7yqidxmkljc6b9f5'
const LABEL = /^[a-z0-9]{4,63}$/
/** Characters of a counter that a number generator seeded; ids have one to three. */
const COUNTER_SIZES = [3, 4, 2] as const
const ID_SIZES = [2, 1, 3] as const
/** Lookups of one implant that may lie between two seen ones: other domains of its list, and what a log lost. */
const MAX_STEP = 255
/** send, receive, send and receive. */
const WITH_TYPE = /^[bcd]/
/** Place of a piece of output; in front of the first one also its size. */
const PLACE = 3

interface Request extends Numbered {
  /** In front of the counter, in the characters before they were shuffled. */
  readonly text: string
}

/** @see fox-it/saitama-server, and Malwarebytes’ analysis of APT34’s implant of 2022: `[type] id [place …] counter`. */
export const saitama: Fingerprint = {
  tool: 'Saitama',
  identify(group) {
    for (const size of COUNTER_SIZES) {
      const requests = requestsOf(group, size)
      if (requests === null) continue
      const found = implantOf(requests)
      if (found === null) continue
      return {
        name: 'Saitama',
        confidence: 'certain',
        proof: [
          `${namesText(requests.length)} end in Saitama’s counter, which rises with time.`,
          `With the characters that the counter shuffles, ${found.count} of them begin with the same implant number.`,
        ],
        carried: carriedBy(requests, found.id),
      }
    }
    return null
  },
}

/** Requests whose counter of `size` characters rises; null when it does not. The costly part comes only then. */
function requestsOf({ carriers }: Carriers, size: number): Request[] | null {
  const numbered = carriers.flatMap(({ labels, at }) => {
    const [label = ''] = labels
    if (labels.length !== 1 || !LABEL.test(label) || label.length <= size) return []
    const counter = label.slice(-size)
    // A number has no leading zero.
    return counter.startsWith(COUNTER_CHARACTERS.charAt(0)) ? [] : [{ at, value: numberOf(counter, COUNTER_CHARACTERS), label }]
  })
  if (numbered.length < 3 || numbered.length < 0.6 * carriers.length) return null
  if (!countsUp(numbered, { size: 36 ** 5, maxStep: MAX_STEP })) return null
  return numbered.map(({ at, value, label }) => {
    const shuffled = shuffledBy(value)
    return { at, value, text: Array.from(label.slice(0, -size), (char) => CHARACTERS.charAt(shuffled.indexOf(char))).join('') }
  })
}

/** The number that most requests begin with; null when there is none. */
function implantOf(requests: readonly Request[]): { readonly id: string; readonly count: number } | null {
  for (const length of ID_SIZES) {
    const { value: id, count } = commonest(requests.flatMap(({ text }) => idOf(text, length)))
    if (id !== null && count >= 3 && count >= 0.6 * requests.length) return { id, count }
  }
  return null
}

function idOf(text: string, length: number): string[] {
  if (text.length === length) return [text]
  return WITH_TYPE.test(text) && text.length >= 1 + length + PLACE ? [text.slice(1, 1 + length)] : []
}

function numberOf(text: string, alphabet: string): number {
  let number = 0
  for (const char of text) number = 36 * number + alphabet.indexOf(char)
  return number
}

/** Command output in the order of its places; none where the first character of the place may belong to the number. */
function carriedBy(requests: readonly Request[], id: string): Carried | null {
  if (id.endsWith(CHARACTERS.charAt(0))) return null
  const pieces = requests.flatMap(({ text, value }) => {
    if (!text.startsWith(`b${id}`)) return []
    const rest = text.slice(1 + id.length)
    const place = numberOf(rest.slice(0, PLACE), CHARACTERS)
    const bytes = decodeText(rest.slice(place === 0 ? 2 * PLACE : PLACE), BASE32)
    return bytes === null || bytes.length === 0 ? [] : [{ value, bytes }]
  })
  const ordered = pieces.sort((a, b) => a.value - b.value).map(({ bytes }) => bytes)
  return ordered.length === 0 ? null : { alphabet: BASE32, pieces: ordered.slice(0, MAX_PIECES) }
}

/** Every character is drawn from those left, by the numbers of a generator seeded with the counter. */
function shuffledBy(counter: number): string {
  let left = CHARACTERS
  let text = ''
  for (const number of mersenneTwister(counter, CHARACTERS.length)) {
    const at = number % left.length
    text += left.charAt(at)
    left = left.slice(0, at) + left.slice(at + 1)
  }
  return text
}

/** The first numbers of MT19937 with a seed; at most 227, of which the first turn of the state suffices. */
function mersenneTwister(seed: number, count: number): number[] {
  const state = [seed >>> 0]
  for (let i = 1; i < 397 + count; i++) {
    const before = state[i - 1] ?? 0
    state.push((Math.imul(1_812_433_253, before ^ (before >>> 30)) + i) >>> 0)
  }
  return Array.from({ length: count }, (_, i) => {
    const joined = ((state[i] ?? 0) & 0x8000_0000) | ((state[i + 1] ?? 0) & 0x7fff_ffff)
    let number = (state[i + 397] ?? 0) ^ (joined >>> 1) ^ (joined & 1 ? 0x9908_b0df : 0)
    number ^= number >>> 11
    number ^= (number << 7) & 0x9d2c_5680
    number ^= (number << 15) & 0xefc6_0000
    return (number ^ (number >>> 18)) >>> 0
  })
}
