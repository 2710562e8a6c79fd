import { z } from 'zod'
import type { AuditFilter, AuditLog } from '@/lib/store/ports'
import type { Prisma } from './client/client'
import { cursorNumber, decodeCursor, encodeCursor } from './cursor'
import type { AppDb } from './open-app-db'

const auditCursor = z.tuple([z.literal('audit'), cursorNumber.int()])

/** People and kinds that the filters offer at most. */
const MAX_VALUES = 500

/** Append-only; newest first. */
export function createPrismaAuditLog(db: AppDb, newId: () => string): AuditLog {
  return {
    append: async ({ at, by, action, entity, entityId, detail }) => {
      await db.auditLine.create({
        data: { id: newId(), at: new Date(at), byUserId: by?.userId ?? null, byName: by?.name ?? null, action, entity, entityId, detail },
      })
    },
    list: async (limit, cursor, filter = {}) => {
      const before = cursor === null ? {} : { seq: { lt: decodeCursor(cursor, auditCursor)[1] } }
      const where = { ...before, ...whereLines(filter) }
      const records = await db.auditLine.findMany({ where, orderBy: { seq: 'desc' }, take: limit + 1 })
      const page = records.slice(0, limit)
      const last = page.at(-1)
      return {
        rows: page.map(({ seq: _seq, at, ...line }) => ({ ...line, at: at.getTime() })),
        nextCursor: records.length > limit && last ? encodeCursor(['audit', last.seq]) : null,
      }
    },
    values: async () => {
      const distinct = async (column: 'byName' | 'action' | 'entity'): Promise<string[]> => {
        const rows = await db.auditLine.findMany({
          distinct: [column],
          select: { byName: true, action: true, entity: true },
          orderBy: { [column]: 'asc' },
          take: MAX_VALUES,
        })
        return rows.flatMap((row) => row[column] ?? [])
      }
      const [people, actions, entities] = await Promise.all([distinct('byName'), distinct('action'), distinct('entity')])
      return { people, actions, entities }
    },
  }
}

function whereLines({ byName, action, entity, entityId, range }: AuditFilter): Prisma.AuditLineWhereInput {
  return {
    ...(byName !== undefined && { byName }),
    ...(action !== undefined && { action }),
    ...(entity !== undefined && { entity }),
    ...(entityId !== undefined && { entityId }),
    ...(range !== undefined && { at: { gte: new Date(range.fromMs), lt: new Date(range.toMs) } }),
  }
}
