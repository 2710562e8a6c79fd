import { isoTime, type ReadTime } from '../timestamps'

/** Order of day and month in a date that does not begin with its year. */
export type DateOrder = 'day-first' | 'month-first'

/** The order a date proves; null when both numbers could be months, or the year comes first. */
export function orderProvenBy(date: string): DateOrder | null {
  const [first = 0, second = 0] = date.split(/[./-]/).map(Number)
  if (first > 31 || second > 31) return null
  if (first > 12) return 'day-first'
  return second > 12 ? 'month-first' : null
}

/** What a date suggests where none proves it: only month-first locales write `/` with a 12-hour clock. */
export const likelyOrder = (date: string, hasHalf: boolean): DateOrder => (date.includes('/') && hasHalf ? 'month-first' : 'day-first')

/** The instant, local time read as UTC. */
export function localTime(date: string, clock: string, half: 'AM' | 'PM' | null, order: DateOrder): ReadTime {
  const digits = /^(\d{4})(\d\d)(\d\d)$/.exec(date)
  const parts = digits ? digits.slice(1) : date.split(/[./-]/)
  const [first = '', second = '', third = ''] = parts
  const [year, month, day] =
    first.length === 4 ? [first, second, third] : order === 'day-first' ? [third, second, first] : [third, first, second]
  const [hour = '', minute = '', second60 = ''] = clock.split(':')
  const hours = half === null ? Number(hour) : (Number(hour) % 12) + (half === 'PM' ? 12 : 0)
  const two = (value: string | number) => String(value).padStart(2, '0')
  return isoTime(`${year}-${two(month)}-${two(day)}T${two(hours)}:${minute}:${second60}`)
}
