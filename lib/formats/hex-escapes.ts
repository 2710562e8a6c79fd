const PLAIN = /^[ -[\]-~]*$/
const HEX_ESCAPE = /\\(?:x([0-9a-fA-F]{2})|\\)/g

/** Text of a log that escapes octets as Zeek and Suricata do, one character an octet: `\xHH` undone, characters above ASCII as their UTF-8. */
export function octetsOf(text: string): string {
  if (PLAIN.test(text)) return text
  const escaped = Buffer.from(text, 'utf8').toString('latin1')
  return escaped.replace(HEX_ESCAPE, (_: string, digits: string | undefined) =>
    digits ? String.fromCharCode(Number.parseInt(digits, 16)) : '\\',
  )
}
