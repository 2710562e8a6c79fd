import type { Looked, Looker, PresenceBoard } from '@/lib/store/ports'

/** Two missed beats and a slow network; nobody is shown for longer than this after they left. */
export const PRESENCE_LIFE_MS = 25_000
/** Tabs of one person that count, so that nobody can fill the board. */
const TABS_EACH = 20
const TABS = 5_000

interface Tab extends Looker {
  readonly tabId: string
  readonly subject: string
  readonly seenAt: number
}

/** Who has what open, kept in this process alone: it is worth nothing after a restart. */
export function createPresenceBoard(): PresenceBoard {
  /** By person and tab, the one seen longest ago first. */
  const tabs = new Map<string, Tab>()
  const forget = (at: number) => {
    for (const [key, { seenAt }] of tabs) {
      if (seenAt + PRESENCE_LIFE_MS > at && tabs.size <= TABS) return
      tabs.delete(key)
    }
  }
  return {
    look: (tabId, { userId, name }, subject, at) => {
      const key = `${userId} ${tabId}`
      // Deleted first, so that the map stays in the order of the last sign of life.
      tabs.delete(key)
      if (subject !== null) {
        const own = [...tabs].filter(([, tab]) => tab.userId === userId)
        for (const [oldest] of own.slice(0, Math.max(0, own.length - TABS_EACH + 1))) tabs.delete(oldest)
        tabs.set(key, { tabId, userId, name, subject, seenAt: at })
      }
      forget(at)
    },
    others: (userId, at) => {
      forget(at)
      const bySubject = new Map<string, Map<string, Looker>>()
      for (const tab of tabs.values()) {
        if (tab.userId === userId) continue
        const people = bySubject.get(tab.subject) ?? new Map<string, Looker>()
        bySubject.set(tab.subject, people.set(tab.userId, { userId: tab.userId, name: tab.name }))
      }
      return [...bySubject].map(([subject, people]): Looked => ({ subject, people: [...people.values()] }))
    },
  }
}
