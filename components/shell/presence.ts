'use client'
import { useEffect, useSyncExternalStore } from 'react'
import type { LookResponse } from '@/lib/api/contracts/presence'
import { look } from '@/lib/queries/presence'

type People = LookResponse['looked'][number]['people']

const BEAT_MS = 10_000
const NOBODY: People = []

let people: ReadonlyMap<string, People> = new Map()
const listeners = new Set<() => void>()
/** One after the other, so that a slow "left" never overtakes the next "looks at". */
let sending: Promise<unknown> = Promise.resolve()
let tabId: string | null = null

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Lists that did not change stay the same object, so that no row is drawn again for nothing. */
function take(looked: LookResponse['looked']): void {
  const next = new Map(
    looked.map(({ subject, people: now }) => {
      const before = people.get(subject)
      return [subject, before && JSON.stringify(before) === JSON.stringify(now) ? before : now] as const
    }),
  )
  people = next
  for (const listener of listeners) listener()
}

function beat(subject: string | null): void {
  tabId ??= Math.random().toString(36).slice(2)
  const id = tabId
  // Presence is a courtesy: when it fails, nobody is shown and nothing else happens.
  sending = sending
    .then(() => look(id, subject))
    .then(
      ({ looked }) => take(looked),
      () => take([]),
    )
}

/**
 * Tells the server every ten seconds what this tab has open, and keeps what others have open at hand for `useLookers`.
 *
 * @param subject - `alarm:…` or `escalation:…`; null for a list, which only wants to know.
 */
export function usePresence(subject: string | null): void {
  useEffect(() => {
    const tick = () => beat(document.visibilityState === 'visible' ? subject : null)
    tick()
    const timer = setInterval(() => document.visibilityState === 'visible' && tick(), BEAT_MS)
    document.addEventListener('visibilitychange', tick)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', tick)
      if (subject !== null) beat(null)
    }
  }, [subject])
}

/** Others who have this open at the moment. */
export const useLookers = (subject: string): People =>
  useSyncExternalStore(
    subscribe,
    () => people.get(subject) ?? NOBODY,
    () => NOBODY,
  )

/** "Mira is looking", "Mira and 2 others are looking"; null for nobody. */
export function lookingWords(names: readonly string[]): string | null {
  const [first, second, ...more] = names
  if (first === undefined) return null
  if (second === undefined) return `${first} is looking`
  return more.length === 0 ? `${first} and ${second} are looking` : `${first} and ${more.length + 1} others are looking`
}
