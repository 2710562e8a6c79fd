/** Control characters, C1 controls, separators, and the invisible marks that hide text or turn its direction. */
const UNSAFE: readonly (readonly [from: number, to: number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x061c, 0x061c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
]

const isUnsafe = (code: number): boolean => UNSAFE.some(([from, to]) => code >= from && code <= to)

/** Text from a log as it may stand on a terminal: nothing in it moves the cursor, colours, rings or hides. */
export function terminalSafe(text: string): string {
  let safe = ''
  for (const char of text) {
    const code = char.charCodeAt(0)
    safe += isUnsafe(code) ? `\\u${code.toString(16).padStart(4, '0')}` : char
  }
  return safe
}

/** Columns padded to their widest cell, at most `maxWidth` each; the last column is as long as it is. */
export function textTable(rows: readonly (readonly string[])[], maxWidth = 48): string {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.min(maxWidth, Math.max(widths[i] ?? 0, cell.length))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === row.length - 1 ? cell : shorten(cell, widths[i] ?? 0).padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return rows.map(line).join('\n')
}

/** The end of a name tells whose it is, so the middle goes. */
function shorten(text: string, width: number): string {
  if (text.length <= width) return text
  const tail = Math.floor((width - 1) * 0.6)
  return `${text.slice(0, width - 1 - tail)}…${text.slice(text.length - tail)}`
}
