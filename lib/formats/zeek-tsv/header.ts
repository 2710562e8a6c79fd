/** What the header lines of a Zeek log say about the rows that follow. A new header may come anywhere. */
export interface ZeekHeader {
  separator: string
  setSeparator: string
  unset: string
  empty: string
  /** Position of each column by name; null before the first `#fields` line. */
  columns: Readonly<Record<string, number>> | null
  width: number
}

export const emptyHeader = (): ZeekHeader => ({
  separator: '\t',
  setSeparator: ',',
  unset: '-',
  empty: '(empty)',
  columns: null,
  width: 0,
})

/** Takes a line that starts with `#`; lines of other meaning change nothing. */
export function readHeaderLine(header: ZeekHeader, line: string): void {
  if (line.startsWith('#separator ')) {
    // The only line whose value follows a space, because the separator is not known yet.
    header.separator = unescapeHex(line.slice('#separator '.length)) || '\t'
    return
  }
  const [key, ...values] = line.split(header.separator)
  const value = values[0] ?? ''
  if (key === '#set_separator') header.setSeparator = unescapeHex(value) || ','
  else if (key === '#unset_field') header.unset = value
  else if (key === '#empty_field') header.empty = value
  else if (key === '#fields') {
    const columns: Record<string, number> = Object.create(null)
    for (const [at, name] of values.entries()) columns[name] ??= at
    header.columns = columns
    header.width = values.length
  }
}

const unescapeHex = (text: string): string =>
  text.replace(/\\x([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
