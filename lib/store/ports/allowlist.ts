import type { AllowlistEntry } from '@/lib/domain/allowlist'
import type { Actor } from './actor'

export type NewAllowlistEntry = Omit<AllowlistEntry, 'hiddenAlarms' | 'lastHitAt' | 'removedAt' | 'removedByName'>

export interface AllowlistStore {
  list(options: { readonly includeRemoved: boolean }): Promise<readonly AllowlistEntry[]>
  find(id: string): Promise<AllowlistEntry | null>
  add(entry: NewAllowlistEntry): Promise<AllowlistEntry>
  /** @returns the entry as it is after; null when there is none or it was removed before. */
  remove(id: string, by: Actor, at: number): Promise<AllowlistEntry | null>
}
