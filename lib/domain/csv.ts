import { inertText } from './inert-text'

/** A cell beginning with one of these is a formula to a spreadsheet; the wide forms are to those of East Asian locales. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n]/

/**
 * One cell (RFC 4180). Text that a spreadsheet would run gets an apostrophe in front; what no eye sees (control, bidirectional,
 * zero-width characters) is written as a visible escape, so that a cell reads as what it is; numbers stay numbers.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const shown = inertText(value, true)
  const inert = FORMULA_START.test(value.trimStart()) || FORMULA_START.test(value) ? `'${shown}` : shown
  return NEEDS_QUOTES.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

export const csvLine = (values: readonly (string | number | null)[]): string => `${values.map(csvCell).join(',')}\r\n`
