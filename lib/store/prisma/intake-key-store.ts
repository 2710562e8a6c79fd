import type { IntakeKey } from '@/lib/domain/log-source'
import type { IntakeKeyStore } from '@/lib/store/ports'
import type { IntakeKey as IntakeKeyRecord } from './client/client'
import type { AppDb } from './open-app-db'

export function createPrismaIntakeKeyStore(db: AppDb): IntakeKeyStore {
  return {
    list: async (logSourceId) => {
      const records = await db.intakeKey.findMany({
        where: logSourceId === null ? {} : { logSourceId },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      })
      return records.map(toIntakeKey)
    },
    add: async ({ createdAt, expiresAt, revokedAt, lastUsedAt, ...plain }, secretHash) =>
      toIntakeKey(
        await db.intakeKey.create({
          data: {
            ...plain,
            secretHash,
            createdAt: new Date(createdAt),
            expiresAt: dateOf(expiresAt),
            revokedAt: dateOf(revokedAt),
            lastUsedAt: dateOf(lastUsedAt),
          },
        }),
      ),
    revoke: async (id, at) => {
      const { count } = await db.intakeKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date(at) } })
      if (count === 0) return null
      const record = await db.intakeKey.findUnique({ where: { id } })
      return record === null ? null : toIntakeKey(record)
    },
    findLive: async (secretHash, nowMs) => {
      const record = await db.intakeKey.findFirst({
        where: {
          secretHash,
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(nowMs) } }],
          logSource: { removedAt: null, pausedAt: null },
        },
      })
      return record === null ? null : toIntakeKey(record)
    },
    touch: async (id, at) => {
      await db.intakeKey.updateMany({ where: { id }, data: { lastUsedAt: new Date(at) } })
    },
  }
}

const dateOf = (at: number | null): Date | null => (at === null ? null : new Date(at))

function toIntakeKey(record: IntakeKeyRecord): IntakeKey {
  const { id, logSourceId, name, prefix, createdAt, createdByName, expiresAt, revokedAt, lastUsedAt } = record
  return {
    ...{ id, logSourceId, name, prefix, createdByName },
    createdAt: createdAt.getTime(),
    expiresAt: expiresAt?.getTime() ?? null,
    revokedAt: revokedAt?.getTime() ?? null,
    lastUsedAt: lastUsedAt?.getTime() ?? null,
  }
}
