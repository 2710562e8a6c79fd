import type { TimeRange } from '@/lib/store/ports'
import { UsageError } from './command'

const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * A day (its first instant) or a time of ISO 8601; UTC unless the text has an offset, whatever the machine's zone.
 *
 * @returns epoch ms. @throws UsageError naming the option.
 */
export function parseInstant(text: string, option: string): number {
  const [, day = '', time = '00:00', offset = 'Z'] = INSTANT.exec(text) ?? []
  const at = Date.parse(`${day}T${time}${offset}`)
  // Date.parse takes 30 February for 2 March.
  const isRealDay = Number.isFinite(at) && new Date(`${day}T00:00Z`).toISOString().startsWith(day)
  if (!isRealDay) throw new UsageError(`--${option} ${text}: write a day like 2026-11-21 or a time like 2026-11-21T09:30:00Z`)
  return at
}

/** Half-open, as everywhere: `to` itself is left out. @throws UsageError */
export function parseRange({ from, to }: { readonly from?: string; readonly to?: string }): TimeRange {
  const range = {
    fromMs: from === undefined ? 0 : parseInstant(from, 'from'),
    toMs: to === undefined ? Number.MAX_SAFE_INTEGER : parseInstant(to, 'to'),
  }
  if (range.fromMs >= range.toMs) throw new UsageError('--from has to be before --to')
  return range
}
