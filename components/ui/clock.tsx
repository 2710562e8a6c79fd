'use client'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { readPreference, writePreference } from './preference'
import { type ClockMode, isTimeZone } from './time-format'

interface Clock {
  readonly mode: ClockMode
  readonly setMode: (mode: ClockMode) => void
  /** IANA zone times are shown in: `UTC` in UTC mode. */
  readonly timeZone: string
  /** The browser's own zone; `UTC` until it is known. */
  readonly localZone: string
  /** Epoch ms, moved on every 30 s while the page is visible. */
  readonly now: number
}

const ClockContext = createContext<Clock>({ mode: 'utc', setMode: () => {}, timeZone: 'UTC', localZone: 'UTC', now: 0 })

interface ClockProviderProps {
  readonly initialMode: ClockMode
  /** From the cookie, so that the first paint already has local times; null on the first visit. */
  readonly initialZone: string | null
  readonly renderedAt: number
  readonly children: ReactNode
}

/** Whether times are local or UTC, and what "now" is, for everything below. */
export function ClockProvider({ initialMode, initialZone, renderedAt, children }: ClockProviderProps) {
  const [mode, setModeState] = useState(initialMode)
  const [localZone, setLocalZone] = useState(initialZone !== null && isTimeZone(initialZone) ? initialZone : 'UTC')
  const [now, setNow] = useState(renderedAt)

  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
    setLocalZone(zone)
    writePreference('zone', zone)
    const stored = readPreference('clock')
    if (stored === 'utc' || stored === 'local') setModeState(stored)
    const tick = () => {
      if (document.visibilityState === 'visible') setNow(Date.now())
    }
    tick()
    const timer = setInterval(tick, 30_000)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
    }
  }, [])

  const setMode = useCallback((next: ClockMode) => {
    setModeState(next)
    writePreference('clock', next)
  }, [])
  const clock = useMemo(
    () => ({ mode, setMode, localZone, timeZone: mode === 'utc' ? 'UTC' : localZone, now }),
    [mode, setMode, localZone, now],
  )
  return <ClockContext value={clock}>{children}</ClockContext>
}

export const useClock = (): Clock => useContext(ClockContext)
