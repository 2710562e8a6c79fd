import { isRole } from '@/lib/domain/permission'
import type { SavedView } from '@/lib/domain/saved-view'
import type { ViewStore } from '@/lib/store/ports'
import type { SavedView as ViewRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { inWriteTransaction } from './write-transaction'

export function createPrismaViewStore(db: AppDb): ViewStore {
  return {
    list: async (userId) => {
      const records = await db.savedView.findMany({
        where: { OR: [{ byUserId: userId }, { shared: true }] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      })
      return records.map(toView)
    },
    find: async (id) => {
      const record = await db.savedView.findUnique({ where: { id } })
      return record === null ? null : toView(record)
    },
    save: (view) =>
      inWriteTransaction(db, async (tx) => {
        if (view.defaultOf !== null) await tx.savedView.updateMany({ where: { defaultOf: view.defaultOf }, data: { defaultOf: null } })
        await tx.savedView.create({ data: { ...view, createdAt: new Date(view.createdAt) } })
      }),
    remove: async (id) => {
      await db.savedView.deleteMany({ where: { id } })
    },
  }
}

const toView = ({ defaultOf, createdAt, ...record }: ViewRecord): SavedView => ({
  ...record,
  defaultOf: isRole(defaultOf) ? defaultOf : null,
  createdAt: createdAt.getTime(),
})
