import { csvLine } from '@/lib/domain/csv'

/** A CSV document, UTF-8 with byte-order mark so that spreadsheets read it as such, CRLF between records. */
export const toCsv = (header: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${[header, ...rows].map(csvLine).join('')}`

/** Hands a text file to the browser's download. */
export function downloadText(fileName: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
