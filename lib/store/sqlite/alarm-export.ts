import type { Alarm, AlarmStatus } from '@/lib/domain/alarm'
import { decisionSchema } from '@/lib/domain/alarm'
import { fromDraftRow } from './alarm-draft-row'
import { openDatabase } from './open-database'

/** Every alarm of app.db one after another, for a command that writes them out. */
export interface AlarmExport {
  /** Ordered by opening, then id. */
  alarms(): Iterable<Alarm>
  close(): void
}

/** @param path - app.db; only read. */
export function createAlarmExport(path: string): AlarmExport {
  const db = openDatabase(path, { readonly: true })
  return {
    *alarms() {
      for (const row of db
        .prepare<[], Record<string, unknown>>('SELECT * FROM "Alarm" JOIN "AlarmExplanation" ON alarmId = id ORDER BY openedAt, id')
        .iterate())
        yield {
          ...fromDraftRow(row),
          status: row.status as AlarmStatus,
          updatedAt: row.updatedAt as number,
          decision: typeof row.decision === 'string' ? decisionSchema.parse(JSON.parse(row.decision)) : null,
          owner: typeof row.ownerId === 'string' ? { userId: row.ownerId, name: String(row.ownerName ?? row.ownerId) } : null,
          suppressedByEntryId: row.suppressedByEntryId as string | null,
          version: row.version as number,
        }
    },
    close: () => db.close(),
  }
}
