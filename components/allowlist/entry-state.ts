import type { AllowlistEntry } from '@/lib/domain/allowlist'

export type EntryState = 'active' | 'expiring' | 'expired' | 'removed'

/** Days before its end from which an entry is said to expire soon. */
export const EXPIRING_DAYS = 7
export const DAY_MS = 86_400_000

export function entryState(entry: Pick<AllowlistEntry, 'removedAt' | 'expiresAt'>, now: number): EntryState {
  if (entry.removedAt !== null) return 'removed'
  if (entry.expiresAt <= now) return 'expired'
  return entry.expiresAt - now <= EXPIRING_DAYS * DAY_MS ? 'expiring' : 'active'
}

/** Entries that decide something first, soonest end first; then what has ended, newest first. */
export function sortEntries(entries: readonly AllowlistEntry[], now: number): AllowlistEntry[] {
  const ended = (entry: AllowlistEntry) => {
    const state = entryState(entry, now)
    return state === 'expired' || state === 'removed'
  }
  return [
    ...entries.filter((entry) => !ended(entry)).sort((a, b) => a.expiresAt - b.expiresAt),
    ...entries.filter(ended).sort((a, b) => (b.removedAt ?? b.expiresAt) - (a.removedAt ?? a.expiresAt)),
  ]
}

/** Case-blind, over what a person would look for. */
export function matchesText(entry: AllowlistEntry, text: string): boolean {
  const wanted = text.trim().toLowerCase()
  return (
    wanted === '' ||
    [entry.domain, entry.reason, entry.createdByName, entry.source ?? '', entry.detector ?? ''].some((field) =>
      field.toLowerCase().includes(wanted),
    )
  )
}
