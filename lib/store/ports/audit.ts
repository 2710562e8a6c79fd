import type { Page } from '@/lib/domain/page'
import type { Actor } from './actor'
import type { TimeRange } from './time-range'

export interface AuditLine {
  readonly id: string
  readonly at: number
  readonly byUserId: string | null
  readonly byName: string | null
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly detail: string | null
}

export interface AuditFilter {
  /** Exactly this person, by name: people who are gone have no account any more. */
  readonly byName?: string
  readonly action?: string
  readonly entity?: string
  readonly entityId?: string
  /** Half-open. */
  readonly range?: TimeRange
}

export interface AuditLog {
  append(line: {
    readonly at: number
    readonly by: Actor | null
    readonly action: string
    readonly entity: string
    readonly entityId: string
    readonly detail: string | null
  }): Promise<void>
  /** Newest first, keyset paged. */
  list(limit: number, cursor: string | null, filter?: AuditFilter): Promise<Page<AuditLine>>
  /** What can be filtered by, in alphabetical order. */
  values(): Promise<{ readonly people: readonly string[]; readonly actions: readonly string[]; readonly entities: readonly string[] }>
}
