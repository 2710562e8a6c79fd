import { formatInstant } from '@/components/ui/time-format'

const DAY_MS = 86_400_000

/** A time short enough for an axis: the clock within a day, day and clock within a week, the day beyond. */
export function axisTime(at: number, timeZone: string, spanMs: number): string {
  const [day, month, , clock] = formatInstant(at, timeZone, 'minute').split(' ')
  if (clock === undefined) return ''
  if (spanMs <= DAY_MS) return clock
  return spanMs <= 7 * DAY_MS ? `${day} ${month} ${clock}` : `${day} ${month}`
}
