/**
 * Cells of one CSV line (RFC 4180, one record a line): quotes doubled inside quotes, blanks before a quote dropped. An
 * unclosed quote ends with the line, so it cannot swallow the next record.
 */
export function csvCells(line: string): string[] {
  const cells: string[] = []
  let at = 0
  while (at <= line.length) {
    let start = at
    while (line[start] === ' ') start += 1
    if (line[start] !== '"') {
      const comma = line.indexOf(',', at)
      cells.push(line.slice(at, comma < 0 ? line.length : comma))
      if (comma < 0) break
      at = comma + 1
      continue
    }
    let text = ''
    let from = start + 1
    let quote = line.indexOf('"', from)
    while (quote >= 0 && line[quote + 1] === '"') {
      text += line.slice(from, quote + 1)
      from = quote + 2
      quote = line.indexOf('"', from)
    }
    cells.push(text + line.slice(from, quote < 0 ? line.length : quote))
    const comma = quote < 0 ? -1 : line.indexOf(',', quote + 1)
    if (comma < 0) break
    at = comma + 1
  }
  return cells
}
