const BASE = 36
const T_MIN = 1
const T_MAX = 26

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / 700) : delta >> 1
  rest += Math.floor(rest / points)
  let k = 0
  for (; rest > 455; k += BASE) rest = Math.floor(rest / (BASE - T_MIN))
  return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + 38))
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 22
  if (code >= 0x61 && code <= 0x7a) return code - 0x61
  if (code >= 0x41 && code <= 0x5a) return code - 0x41
  return BASE
}

/**
 * Decodes one label's part after `xn--` (RFC 3492 §6.2).
 *
 * @returns null when it is not valid Punycode or yields a code point that no text may hold.
 */
export function decodePunycode(encoded: string): string | null {
  const hyphen = encoded.lastIndexOf('-')
  const output = hyphen > 0 ? [...encoded.slice(0, hyphen)].map((character) => character.charCodeAt(0)) : []
  if (output.some((code) => code >= 0x80)) return null
  let code = 128
  let index = 0
  let bias = 72
  let position = hyphen > 0 ? hyphen + 1 : 0
  while (position < encoded.length) {
    const before = index
    let weight = 1
    for (let k = BASE; ; k += BASE) {
      const digit = position < encoded.length ? digitOf(encoded.charCodeAt(position++)) : BASE
      if (digit >= BASE) return null
      index += digit * weight
      if (index > 0x7fffffff) return null
      const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX)
      if (digit < threshold) break
      weight *= BASE - threshold
    }
    bias = adapt(index - before, output.length + 1, before === 0)
    code += Math.floor(index / (output.length + 1))
    index %= output.length + 1
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return null
    output.splice(index++, 0, code)
  }
  return String.fromCodePoint(...output)
}
