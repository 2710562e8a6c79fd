'use client'
import { useSyncExternalStore } from 'react'
import { createOutbox, type Outbox, type Waiting } from '@/lib/queries/outbox'
import { useCurrentUser } from './current-user'

/** On the server nothing waits. */
const NOWHERE = { getItem: () => null, setItem: () => {}, removeItem: () => {} }

let outbox: Outbox | null = null

/** The signed-in person's decisions that wait to be sent; one list for the whole tab. */
export function useOutbox(): Outbox {
  const { userId } = useCurrentUser()
  if (typeof window === 'undefined') return createOutbox(userId, NOWHERE)
  if (outbox?.userId !== userId) outbox = createOutbox(userId, window.localStorage)
  return outbox
}

const NOTHING: readonly Waiting[] = []

/** What waits, as it changes here and in other tabs. */
export function useWaiting(box: Outbox): readonly Waiting[] {
  return useSyncExternalStore(
    (listener) => {
      const unsubscribe = box.subscribe(listener)
      window.addEventListener('storage', listener)
      return () => {
        unsubscribe()
        window.removeEventListener('storage', listener)
      }
    },
    box.read,
    () => NOTHING,
  )
}
