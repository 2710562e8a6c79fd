const FORMAT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u
const MARK = /\p{M}/u
/** Most of what comes in: nothing to escape. */
const PLAIN = /^[ -~]*$/

/** `\DDD` as DNS and RFC 1035 §5.1 write a byte, `\u{…}` beyond ASCII. */
export function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? `\\${String(code).padStart(3, '0')}` : `\\u{${code.toString(16)}}`
}

/**
 * Text from a log, safe to look at: control, bidirectional, zero-width, private and unassigned characters become visible
 * escapes, and of a pile of combining marks only the first two stay. Line feeds and tabs stay when `multiline`.
 */
export function inertText(text: string, multiline = false): string {
  if (PLAIN.test(text)) return text
  let marks = 0
  let out = ''
  for (const character of text) {
    marks = MARK.test(character) ? marks + 1 : 0
    const kept = multiline && (character === '\n' || character === '\t')
    out += !kept && (marks > 2 || FORMAT.test(character)) ? escapeCharacter(character) : character
  }
  return out
}

/** `a.evil.example` → `a[.]evil[.]example`: no program makes a link of it. Control and bidi characters become visible escapes. */
export const defang = (name: string): string => inertText(name).replaceAll('.', '[.]').replace(/^http/i, 'hxxp')
