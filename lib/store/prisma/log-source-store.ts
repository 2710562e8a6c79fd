import { type LogSource, logSourceSchema } from '@/lib/domain/log-source'
import { collides } from '@/lib/domain/log-source-draft'
import type { LogSourceStore } from '@/lib/store/ports'
import type { LogSource as LogSourceRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { inWriteTransaction } from './write-transaction'

export function createPrismaLogSourceStore(db: AppDb): LogSourceStore {
  const find: LogSourceStore['find'] = async (id) => {
    const record = await db.logSource.findUnique({ where: { id } })
    return record === null ? null : toLogSource(record)
  }
  return {
    find,
    list: async ({ includeRemoved }) => {
      const records = await db.logSource.findMany({
        where: includeRemoved ? {} : { removedAt: null },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      })
      return records.map(toLogSource)
    },
    add: (source) =>
      inWriteTransaction(db, async (tx) => {
        const live = (await tx.logSource.findMany({ where: { removedAt: null } })).map(toLogSource)
        const name = source.name.toLowerCase()
        if (live.some((other) => other.name.toLowerCase() === name || collides(source, other))) return 'taken'
        return toLogSource(await tx.logSource.create({ data: toRecord(source) }))
      }),
    setPaused: async (id, pausedAt) => {
      const { count } = await db.logSource.updateMany({
        where: { id, removedAt: null },
        data: { pausedAt: pausedAt === null ? null : new Date(pausedAt) },
      })
      return count === 0 ? null : find(id)
    },
    setFormat: (id, format) =>
      inWriteTransaction(db, async (tx) => {
        const record = await tx.logSource.findFirst({ where: { id, removedAt: null } })
        if (record === null) return null
        const settings = JSON.stringify({ ...toLogSource(record).settings, format })
        return toLogSource(await tx.logSource.update({ where: { id }, data: { settings } }))
      }),
    remove: (id, _by, at) =>
      inWriteTransaction(db, async (tx) => {
        const removedAt = new Date(at)
        // Of two people who remove it at once, one is told that it was gone.
        const { count } = await tx.logSource.updateMany({ where: { id, removedAt: null }, data: { removedAt } })
        if (count === 0) return null
        await tx.intakeKey.updateMany({ where: { logSourceId: id, revokedAt: null }, data: { revokedAt: removedAt } })
        const record = await tx.logSource.findUnique({ where: { id } })
        return record === null ? null : toLogSource(record)
      }),
  }
}

function toRecord({ settings, createdAt, pausedAt, removedAt, ...plain }: LogSource): LogSourceRecord {
  return {
    ...plain,
    settings: JSON.stringify(settings),
    createdAt: new Date(createdAt),
    pausedAt: pausedAt === null ? null : new Date(pausedAt),
    removedAt: removedAt === null ? null : new Date(removedAt),
  }
}

function toLogSource({ settings, createdAt, pausedAt, removedAt, ...plain }: LogSourceRecord): LogSource {
  return logSourceSchema.parse({
    ...plain,
    settings: JSON.parse(settings),
    createdAt: createdAt.getTime(),
    pausedAt: pausedAt?.getTime() ?? null,
    removedAt: removedAt?.getTime() ?? null,
  })
}
