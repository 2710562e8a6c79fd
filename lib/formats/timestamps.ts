import type { TimeQuality } from '@/lib/domain/dns-event'

/** An instant read from a log, or why it cannot be one. Epoch ms UTC, fractions below a millisecond cut off. */
export type ReadTime = { readonly at: number; readonly quality: TimeQuality } | TimeProblem

/** Reasons for `Reject.reason`. */
export type TimeProblem = 'no-timestamp' | 'bad-timestamp' | 'unknown-time-unit' | 'implausible-time'

const EARLIEST_MS = Date.UTC(1990, 0, 1)
const TWO_DAYS_MS = 2 * 86_400_000
const EARLIEST_S = EARLIEST_MS / 1000
/** Above this a number of seconds lies after the year 2286; the units below are told apart by it. */
const LATEST_S = 1e10

/** Instants before DNS logs existed or after tomorrow are errors of the clock or of the unit. */
export const isPlausible = (at: number, nowMs: number): boolean => at >= EARLIEST_MS && at <= nowMs + TWO_DAYS_MS

/** @returns `time` itself, or `implausible-time` when it lies before 1990 or more than two days after `nowMs`. */
export function plausible(time: ReadTime, nowMs: number): ReadTime {
  return typeof time === 'string' || isPlausible(time.at, nowMs) ? time : 'implausible-time'
}

/** Epoch seconds, ms, µs or ns; which of them follows from the size, and what fits none of 1990–2286 is refused. */
export function epochTime(value: number): ReadTime {
  if (!Number.isFinite(value)) return 'bad-timestamp'
  if (value < EARLIEST_S) return 'implausible-time'
  // The nearest double of a decimal with 6 fraction digits times 10⁶ rounds to exactly the microseconds written.
  if (value < LATEST_S) return exact(Math.floor(Math.round(value * 1e6) / 1e3))
  for (const perMs of [1, 1e3, 1e6]) {
    if (value >= EARLIEST_MS * perMs && value < LATEST_S * 1e3 * perMs) return exact(Math.floor(value / perMs))
  }
  return 'unknown-time-unit'
}

const DECIMAL = /^-?\d{1,20}(?:\.\d{0,12})?$/

/** The same from decimal text, digit by digit. */
export function epochTimeFromText(text: string): ReadTime {
  const plain = plainEpochMs(text)
  if (plain >= EARLIEST_MS) return exact(plain)
  if (!DECIMAL.test(text)) return text === '' || text === '-' ? 'no-timestamp' : 'bad-timestamp'
  const dot = text.indexOf('.')
  const whole = Number(dot < 0 ? text : text.slice(0, dot))
  if (whole < EARLIEST_S) return 'implausible-time'
  if (whole >= LATEST_S) return epochTime(whole)
  const millis = dot < 0 ? 0 : Number(text.slice(dot + 1, dot + 4).padEnd(3, '0'))
  return exact(whole * 1000 + millis)
}

/** Ten digits, a point and one to twelve more, as most logs write an epoch; -1 for everything else. */
function plainEpochMs(text: string): number {
  if (text.length < 12 || text.length > 23 || text.charCodeAt(10) !== 0x2e) return -1
  let millis = 0
  for (let at = 0; at < text.length; at++) {
    if (at === 10) continue
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return -1
    if (at < 14) millis = millis * 10 + digit
  }
  // Fewer than three digits after the point.
  for (let missing = text.length; missing < 14; missing++) millis *= 10
  return millis
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,12}))?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/**
 * ISO 8601 as logs write it: `T` or a space, up to 12 fraction digits, `Z`, `+HHMM`, `+HH:MM` or no zone.
 *
 * @param zone - what a missing zone means; `assumed` reads it as UTC and says so.
 */
export function isoTime(text: string, zone: 'utc' | 'assumed' = 'assumed'): ReadTime {
  if (text === '' || text === '-') return 'no-timestamp'
  const match = text.length > 48 ? null : ISO.exec(text)
  if (match === null) return 'bad-timestamp'
  const [, year, month, day, hour, minute, second, fraction, offset] = match
  const at = utcInstant(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second))
  if (at === null) return 'bad-timestamp'
  const millis = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'))
  const quality = offset === undefined && zone === 'assumed' ? 'assumed-zone' : fraction === undefined ? 'second' : 'exact'
  return { at: at + millis - offsetMs(offset), quality }
}

const MONTHS: ReadonlyMap<string, number> = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [name, index + 1]),
)
/** 1 to 12 of an English three-letter month; null for anything else. */
export const monthNumberOf = (name: string): number | null => MONTHS.get(name) ?? null

const CLOCK = /^(\d\d):(\d\d):(\d\d)$/

/**
 * A syslog date without year or zone (RFC 3164 §4.1.2), read as UTC in the latest year that puts it at most one day
 * after `nowMs`.
 */
export function yearlessTime(month: string, day: string, clock: string, nowMs: number): ReadTime {
  const monthNumber = MONTHS.get(month)
  const [, hour, minute, second] = CLOCK.exec(clock) ?? []
  if (monthNumber === undefined || second === undefined) return 'bad-timestamp'
  const thisYear = new Date(nowMs).getUTCFullYear()
  // 29 February needs up to eight years (1896–1904 and the like) to exist again.
  for (let year = thisYear + 1; year > thisYear - 9; year--) {
    const at = utcInstant(year, monthNumber, Number(day), Number(hour), Number(minute), Number(second))
    if (at !== null && at <= nowMs + TWO_DAYS_MS / 2) return { at, quality: 'no-year' }
  }
  return 'bad-timestamp'
}

const exact = (at: number): ReadTime => ({ at, quality: 'exact' })

/** null for a date or clock that does not exist; second 60 is a leap second and counts as the next minute's first. */
function utcInstant(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  if (hour > 23 || minute > 59 || second > 60) return null
  const midnight = Date.UTC(year, month - 1, day)
  const date = new Date(midnight)
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000
}

function offsetMs(offset: string | undefined): number {
  if (offset === undefined || offset === 'Z' || offset === 'z') return 0
  const digits = offset.slice(1).replace(':', '').padEnd(4, '0')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000
}
