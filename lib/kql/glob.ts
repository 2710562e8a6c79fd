/**
 * Whether `text` as a whole matches literal pieces with anything between them: two pointers, each piece is found once at
 * its leftmost place and never looked for again.
 *
 * @param pieces - two or more; the first anchors the start, the last the end.
 */
export function matchesGlob(pieces: readonly string[], text: string): boolean {
  const first = pieces[0] ?? ''
  const last = pieces[pieces.length - 1] ?? ''
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  const stop = text.length - last.length
  let at = first.length
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
    if (at > stop) return false
  }
  return true
}
