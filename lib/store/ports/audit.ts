import type { Page } from '@/lib/domain/page'
import type { Actor } from './actor'

export interface AuditLog {
  append(line: {
    readonly at: number
    readonly by: Actor | null
    readonly action: string
    readonly entity: string
    readonly entityId: string
    readonly detail: string | null
  }): Promise<void>
  list(
    limit: number,
    cursor: string | null,
  ): Promise<
    Page<{ id: string; at: number; byName: string | null; action: string; entity: string; entityId: string; detail: string | null }>
  >
}
