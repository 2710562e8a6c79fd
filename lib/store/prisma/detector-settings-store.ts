import {
  changedFields,
  type DetectorChange,
  type DetectorSettings,
  MAX_CHANGES,
  parseDetectorSettings,
  settingKeyOf,
  UNTOUCHED,
} from '@/lib/domain/detector-settings'
import type { DetectorSettingsStore, NewDetectorChange } from '@/lib/store/ports'
import type { AppDb } from './open-app-db'
import { inWriteTransaction } from './write-transaction'

const PREFIX = settingKeyOf('')

/** Settings with their history in one row a detector; change and audit line are written together. */
export function createPrismaDetectorSettingsStore(db: AppDb, newId: () => string): DetectorSettingsStore {
  return {
    all: async () => {
      const rows = await db.setting.findMany({ where: { key: { startsWith: PREFIX } }, orderBy: { key: 'asc' } })
      return Object.fromEntries(rows.map(({ key, value }) => [key.slice(PREFIX.length), parseDetectorSettings(value)]))
    },
    find: async (detectorId) => {
      const row = await db.setting.findUnique({ where: { key: settingKeyOf(detectorId) } })
      return row === null ? UNTOUCHED : parseDetectorSettings(row.value)
    },
    change: (change) =>
      inWriteTransaction(db, async (tx) => {
        const key = settingKeyOf(change.detectorId)
        const row = await tx.setting.findUnique({ where: { key } })
        const now = row === null ? UNTOUCHED : parseDetectorSettings(row.value)
        if (now.version !== change.expectedVersion) return { conflict: now }
        const next = applied(now, change)
        const stored = { value: JSON.stringify(next), updatedAt: new Date(change.at) }
        await tx.setting.upsert({ where: { key }, create: { key, ...stored }, update: stored })
        const { by, audit } = change
        const who = { byUserId: by.userId, byName: by.name }
        await tx.auditLine.create({
          data: { id: newId(), at: new Date(change.at), ...who, ...audit, entity: 'detector', entityId: change.detectorId },
        })
        return next
      }),
  }
}

function applied(now: DetectorSettings, change: NewDetectorChange): DetectorSettings {
  const { id, at, by, reason, revertsChangeId, acceptedLosses, config } = change
  const line: DetectorChange = {
    ...{ id, at, byUserId: by.userId, byName: by.name, reason, before: now.config, after: config, revertsChangeId, acceptedLosses },
  }
  const fields = changedFields(now.config, config)
  return {
    version: now.version + 1,
    config,
    touched: { ...now.touched, ...Object.fromEntries(fields.map((field) => [field, { at, byName: by.name, reason }])) },
    changes: [line, ...now.changes].slice(0, MAX_CHANGES),
  }
}
