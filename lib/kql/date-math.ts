/** First and last millisecond that a written date covers: `2026-01` is the whole month. Epoch ms UTC, both inclusive. */
export interface DateSpan {
  readonly fromMs: number
  readonly toMs: number
}

type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'H' | 'm' | 's'

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?)?)?(Z|[+-]\d{2}:?\d{2})?$/
const LONGEST = 64
const FIXED_MS: Readonly<Record<Exclude<Unit, 'y' | 'M'>, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1_000,
}
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const MONDAY_MS = 4 * FIXED_MS.d

function offsetMs(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '')
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000
}

/** Moves by whole calendar units; the day is cut to the length of the month reached. */
function plusMonths(ms: number, months: number): number {
  const date = new Date(ms)
  const day = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(day, lastDay))
  return date.getTime()
}

function plus(ms: number, amount: number, unit: Unit): number {
  if (unit === 'y') return plusMonths(ms, 12 * amount)
  if (unit === 'M') return plusMonths(ms, amount)
  return ms + amount * FIXED_MS[unit]
}

function floor(ms: number, unit: Unit): number {
  if (unit === 'y') return Date.UTC(new Date(ms).getUTCFullYear(), 0, 1)
  if (unit === 'M') return Date.UTC(new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth(), 1)
  const origin = unit === 'w' ? MONDAY_MS : 0
  return Math.floor((ms - origin) / FIXED_MS[unit]) * FIXED_MS[unit] + origin
}

function spanOf(fromMs: number, unit: Unit | null): DateSpan {
  return { fromMs, toMs: unit === null ? fromMs : plus(fromMs, 1, unit) - 1 }
}

/** ISO 8601 date or date and time, UTC when no zone is given; parts left out widen the span. */
function isoSpan(text: string): DateSpan | null {
  const match = ISO.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const ms = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'))
  const fields = [Number(year), Number(month ?? 1), Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)] as const
  const at = Date.UTC(fields[0], fields[1] - 1, fields[2], fields[3], fields[4], fields[5], ms)
  const read = new Date(at)
  if (read.getUTCMonth() !== fields[1] - 1 || read.getUTCDate() !== fields[2] || fields[4] > 59 || fields[5] > 59) return null
  const units: readonly (readonly [string | undefined, Unit])[] = [
    [month, 'y'],
    [day, 'M'],
    [hour, 'd'],
    [minute, 'h'],
    [second, 'm'],
    [fraction, 's'],
  ]
  const missing = units.find(([part]) => part === undefined)
  return spanOf(at - offsetMs(zone), missing?.[1] ?? null)
}

/** `+1d-2h/d` after `now` or `date||`. */
function withMath(start: DateSpan, math: string): DateSpan | null {
  let span = start
  let at = 0
  while (at < math.length) {
    const match = /^(?:([+-])(\d{1,6})|\/)([yMwdhHms])/.exec(math.slice(at, at + 9))
    if (match === null) return null
    const unit = match[3] as Unit
    const amount = Number(match[2] ?? 0) * (match[1] === '-' ? -1 : 1)
    span = match[1] === undefined ? spanOf(floor(span.fromMs, unit), unit) : spanOf(plus(span.fromMs, amount, unit), null)
    at += match[0].length
  }
  return Number.isFinite(span.fromMs) && Number.isFinite(span.toMs) ? span : null
}

/**
 * Reads a date as a query writes it: ISO 8601, epoch milliseconds, `now-15m`, `now/d`, `2026-01-01||+1M/d`.
 *
 * @param nowMs - what `now` means.
 * @returns null when it is no date.
 */
export function dateSpan(text: string, nowMs: number): DateSpan | null {
  if (text.length > LONGEST) return null
  if (text.startsWith('now')) return withMath({ fromMs: nowMs, toMs: nowMs }, text.slice(3))
  if (/^-?\d{5,15}$/.test(text)) return { fromMs: Number(text), toMs: Number(text) }
  const [date = '', math, more] = text.split('||', 3)
  const span = isoSpan(date)
  if (span === null || more !== undefined) return null
  return math === undefined ? span : withMath(span, math)
}
