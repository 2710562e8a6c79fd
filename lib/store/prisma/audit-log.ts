import { z } from 'zod'
import type { AuditLog } from '@/lib/store/ports'
import { cursorNumber, decodeCursor, encodeCursor } from './cursor'
import type { AppDb } from './open-app-db'

const auditCursor = z.tuple([z.literal('audit'), cursorNumber.int()])

/** Append-only; newest first. */
export function createPrismaAuditLog(db: AppDb, newId: () => string): AuditLog {
  return {
    append: async ({ at, by, action, entity, entityId, detail }) => {
      await db.auditLine.create({
        data: { id: newId(), at: new Date(at), byUserId: by?.userId ?? null, byName: by?.name ?? null, action, entity, entityId, detail },
      })
    },
    list: async (limit, cursor) => {
      const before = cursor === null ? {} : { seq: { lt: decodeCursor(cursor, auditCursor)[1] } }
      const records = await db.auditLine.findMany({ where: before, orderBy: { seq: 'desc' }, take: limit + 1 })
      const page = records.slice(0, limit)
      const last = page.at(-1)
      return {
        rows: page.map(({ id, at, byName, action, entity, entityId, detail }) => ({
          id,
          at: at.getTime(),
          byName,
          action,
          entity,
          entityId,
          detail,
        })),
        nextCursor: records.length > limit && last ? encodeCursor(['audit', last.seq]) : null,
      }
    },
  }
}
