import type { AllowlistStore } from '@/lib/store/ports'
import { dismissedProposals, dismissProposal, putAsideZones } from './allowlist-proposals'
import { type Hits, toAllowlistEntry, toEntryRecord } from './allowlist-row'
import type { AppDb } from './open-app-db'

const NO_HITS: Hits = { hiddenAlarms: 0, lastHitAt: null }

export function createPrismaAllowlistStore(db: AppDb): AllowlistStore {
  const find: AllowlistStore['find'] = async (id) => {
    const record = await db.allowlistEntry.findUnique({ where: { id } })
    return record === null ? null : toAllowlistEntry(record, (await hitsOf(db, id)).get(id) ?? NO_HITS)
  }
  return {
    find,
    putAsideZones: (limit) => putAsideZones(db, limit),
    dismissedProposals: () => dismissedProposals(db),
    dismissProposal: (dismissed) => dismissProposal(db, dismissed),
    list: async ({ includeRemoved }) => {
      const records = await db.allowlistEntry.findMany({
        where: includeRemoved ? {} : { removedAt: null },
        orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
      })
      const hits = await hitsOf(db)
      return records.map((record) => toAllowlistEntry(record, hits.get(record.id) ?? NO_HITS))
    },
    add: async (entry) => toAllowlistEntry(await db.allowlistEntry.create({ data: toEntryRecord(entry) }), NO_HITS),
    remove: async (id, by, at) => {
      // One statement: of two people who remove it at once, one is told that it was gone.
      const { count } = await db.allowlistEntry.updateMany({
        where: { id, removedAt: null },
        data: { removedAt: new Date(at), removedByName: by.name },
      })
      return count === 0 ? null : find(id)
    },
  }
}

async function hitsOf(db: AppDb, entryId?: string): Promise<ReadonlyMap<string, Hits>> {
  const groups = await db.alarm.groupBy({
    by: ['suppressedByEntryId'],
    where: { status: 'suppressed', suppressedByEntryId: entryId ?? { not: null } },
    _count: { _all: true },
    _max: { lastSeenAt: true },
  })
  return new Map(
    groups.map((group) => [
      group.suppressedByEntryId ?? '',
      { hiddenAlarms: group._count._all, lastHitAt: group._max.lastSeenAt?.getTime() ?? null },
    ]),
  )
}
