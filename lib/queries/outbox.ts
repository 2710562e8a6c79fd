import { ApiError, apiFetch } from '@/lib/api/client'
import type { DecisionResponse } from '@/lib/api/contracts/alarms'
import type { MeResponse } from '@/lib/api/contracts/users'
import { type AlarmConflict, conflictOf } from './alarm-conflict'
import { type DecideInput, decide } from './alarm-decisions'

/** A decision that the server does not have yet. */
export interface Waiting {
  /** The alarm's id: a later decision on the same alarm takes the place of the one that waits. */
  readonly id: string
  readonly at: number
  /** What the alarm is about, for whoever looks at the list. */
  readonly about: string
  readonly input: DecideInput
  /** Why the server did not take it; null while it has not been asked. */
  readonly refusal: string | null
}

/** Past these the person is told to wait: each is small, but a browser's storage is not endless. */
export const MOST_WAITING = 50

/** Where decisions wait: `localStorage`, which may be forbidden and then holds them for this page alone. */
export interface OutboxStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const keyOf = (userId: string) => `dowser.outbox.${userId}`
const isWaiting = (value: unknown): value is Waiting =>
  typeof value === 'object' && value !== null && 'id' in value && 'input' in value && typeof value.id === 'string'

/** Decisions of one person that wait to be sent, oldest first. Nobody else's are ever read. */
export function createOutbox(userId: string, storage: OutboxStorage) {
  const listeners = new Set<() => void>()
  let text: string | null = null
  let list: readonly Waiting[] = []
  let isForbidden = false

  function read(): readonly Waiting[] {
    if (isForbidden) return list
    try {
      const stored = storage.getItem(keyOf(userId))
      if (stored === text) return list
      text = stored
      const parsed: unknown = stored === null ? [] : JSON.parse(stored)
      list = Array.isArray(parsed) ? parsed.filter(isWaiting) : []
    } catch {
      // Storage is forbidden, or holds what is none of ours: the list is what this page knows.
    }
    return list
  }

  function write(next: readonly Waiting[]): void {
    list = next
    text = JSON.stringify(next)
    try {
      if (next.length === 0) {
        storage.removeItem(keyOf(userId))
        text = null
      } else storage.setItem(keyOf(userId), text)
    } catch {
      // Storage is full or forbidden: the list lives as long as the page.
      isForbidden = true
    }
    for (const listener of listeners) listener()
  }

  return {
    userId,
    read,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** @returns false when there is no room, and nothing was kept. */
    add: (waiting: Omit<Waiting, 'id' | 'refusal'>): boolean => {
      const { id } = waiting.input.alarm
      const others = read().filter((each) => each.id !== id)
      if (others.length >= MOST_WAITING) return false
      write([...others, { ...waiting, id, refusal: null }])
      return true
    },
    remove: (id: string) => write(read().filter((each) => each.id !== id)),
    refuse: (id: string, refusal: string) => write(read().map((each) => (each.id === id ? { ...each, refusal } : each))),
  }
}
export type Outbox = ReturnType<typeof createOutbox>

export interface SendOutcome {
  readonly sent: readonly { readonly waiting: Waiting; readonly response: DecisionResponse }[]
  /** The first decision that someone else was faster than; it waits for an answer. */
  readonly conflict: { readonly waiting: Waiting; readonly conflict: AlarmConflict } | null
  /** The connection was lost again, or another person is signed in: the rest waits on. */
  readonly stopped: 'unreachable' | 'somebody-else' | null
}

/**
 * Sends what waits in order, each with the version it was decided on. Before each, the server is asked who is signed in: a decision
 * is never sent under another person's session.
 */
export async function sendWaiting(outbox: Outbox): Promise<SendOutcome> {
  const sent: SendOutcome['sent'][number][] = []
  const stop = (stopped: SendOutcome['stopped'], conflict: SendOutcome['conflict'] = null): SendOutcome => ({ sent, conflict, stopped })
  for (const waiting of outbox.read()) {
    if (waiting.refusal !== null) continue
    try {
      const { user } = await apiFetch<MeResponse>('/me')
      if (user.id !== outbox.userId) return stop('somebody-else')
      const response = await decide(waiting.input)
      outbox.remove(waiting.id)
      sent.push({ waiting, response })
    } catch (error) {
      const conflict = conflictOf(error)
      if (conflict !== null) return stop(null, { waiting, conflict })
      const status = error instanceof ApiError ? error.status : 0
      if (status === 0 || status === 401 || status >= 500) return stop('unreachable')
      outbox.refuse(waiting.id, error instanceof Error ? error.message : 'The server did not take it.')
    }
  }
  return stop(null)
}
