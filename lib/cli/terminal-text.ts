// Control characters, delete, C1 controls, line and paragraph separators, and the marks that turn the direction of text.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Text from a log as it may stand on a terminal: nothing in it moves the cursor, colours, rings or hides. */
export function terminalSafe(text: string): string {
  return text.replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Columns padded to their widest cell, at most `maxWidth` each; the last column is as long as it is. */
export function textTable(rows: readonly (readonly string[])[], maxWidth = 48): string {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, i) => void (widths[i] = Math.min(maxWidth, Math.max(widths[i] ?? 0, cell.length))))
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
