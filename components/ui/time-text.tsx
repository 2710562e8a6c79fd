'use client'
import { useClock } from './clock'
import { formatInstant, formatRelative, type TimePrecision } from './time-format'

interface TimeTextProps {
  /** Epoch ms, UTC. */
  readonly at: number
  /** "4 min ago", the date beyond 30 days; the exact instant is in the title either way. */
  readonly relative?: boolean
  readonly precision?: TimePrecision
  readonly className?: string
}

/** An instant in the zone the user chose; hovering shows it in local time and UTC. */
export function TimeText({ at, relative = false, precision = 'second', className }: TimeTextProps) {
  const { timeZone, localZone, now } = useClock()
  const exact = formatInstant(at, timeZone, precision)
  const valid = Number.isFinite(at) && Math.abs(at) <= 8.64e15
  const title = `${formatInstant(at, localZone)} ${localZone === 'UTC' ? '' : localZone}\n${formatInstant(at, 'UTC')}`.trim()
  return (
    <time dateTime={valid ? new Date(at).toISOString() : undefined} title={valid ? title : undefined} className={className ?? 'tabular'}>
      {relative ? (formatRelative(at, now) ?? formatInstant(at, timeZone, 'day')) : exact}
    </time>
  )
}
