import type { AllowlistEntry } from '@/lib/domain/allowlist'
import type { DismissedProposal, PutAsideZone } from '@/lib/domain/allowlist-proposal'
import type { Actor } from './actor'

export type NewAllowlistEntry = Omit<AllowlistEntry, 'hiddenAlarms' | 'lastHitAt' | 'removedAt' | 'removedByName'>

export interface AllowlistStore {
  list(options: { readonly includeRemoved: boolean }): Promise<readonly AllowlistEntry[]>
  find(id: string): Promise<AllowlistEntry | null>
  add(entry: NewAllowlistEntry): Promise<AllowlistEntry>
  /** @returns the entry as it is after; null when there is none or it was removed before. */
  remove(id: string, by: Actor, at: number): Promise<AllowlistEntry | null>
  /** Zones that an entry may be proposed for, most often put aside first. */
  putAsideZones(limit: number): Promise<readonly PutAsideZone[]>
  /** Newest first, at most a thousand. */
  dismissedProposals(): Promise<readonly DismissedProposal[]>
  /** Remembers that a proposal was turned down; again replaces. */
  dismissProposal(dismissed: DismissedProposal): Promise<void>
}
