import type { AllowlistEntry } from '@/lib/domain/allowlist'
import type { NewAllowlistEntry } from '@/lib/store/ports'
import type { AllowlistEntry as AllowlistEntryRecord } from './client/client'

export function toEntryRecord(entry: NewAllowlistEntry): AllowlistEntryRecord {
  return { ...entry, createdAt: new Date(entry.createdAt), expiresAt: new Date(entry.expiresAt), removedAt: null, removedByName: null }
}

/** What an entry hides at the moment; it is counted, not stored. */
export interface Hits {
  readonly hiddenAlarms: number
  readonly lastHitAt: number | null
}

export function toAllowlistEntry(record: AllowlistEntryRecord, hits: Hits): AllowlistEntry {
  return {
    ...record,
    createdAt: record.createdAt.getTime(),
    expiresAt: record.expiresAt.getTime(),
    removedAt: record.removedAt?.getTime() ?? null,
    ...hits,
  }
}
