export type ClockMode = 'local' | 'utc'
export type TimePrecision = 'day' | 'minute' | 'second' | 'ms'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(timeZone, made)
  return made
}

/** Whether this runtime knows the IANA zone; a cookie may say anything. */
export function isTimeZone(name: string): boolean {
  try {
    formatterOf(name)
    return true
  } catch {
    return false
  }
}

/**
 * `21 Nov 2026 14:03:22`, with `Z` in UTC. Put together by hand, because server and browser word dates differently.
 *
 * @param at - epoch ms; outside what a date can hold gives `invalid time`.
 */
export function formatInstant(at: number, timeZone: string, precision: TimePrecision = 'second'): string {
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return 'invalid time'
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) parts[type] = value
  const day = `${parts.day} ${MONTHS[Number(parts.month) - 1]} ${parts.year}`
  if (precision === 'day') return day
  const ms = ((at % 1000) + 1000) % 1000
  const tail = precision === 'minute' ? '' : `:${parts.second}${precision === 'ms' ? `.${String(Math.trunc(ms)).padStart(3, '0')}` : ''}`
  return `${day} ${parts.hour}:${parts.minute}${tail}${timeZone === 'UTC' ? 'Z' : ''}`
}

/** `just now`, `4 min ago`, `3 h ago`, `2 d ago`, `in 5 d`; beyond 30 days null: show the date instead. */
export function formatRelative(at: number, now: number): string | null {
  const past = now - at
  const minutes = Math.floor(Math.abs(past) / 60_000)
  // Within a minute either way: the page's clock may lag the server's by half of one.
  if (minutes < 1) return 'just now'
  const words = minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`
  if (minutes >= 30 * 1440) return null
  return past >= 0 ? `${words} ago` : `in ${words}`
}
