import { z } from 'zod'
import { NAME_ORIGINS, type NameSpan } from '@/lib/domain/host-name'
import type { HostNameStore } from '@/lib/store/ports/host-names'
import type { HostName } from './client/client'
import type { AppDb } from './open-app-db'

export function createPrismaHostNameStore(db: AppDb): HostNameStore {
  return {
    ofAddresses: async (addresses) => {
      const rows = await db.hostName.findMany({
        where: { address: { in: [...addresses] } },
        orderBy: [{ lastSeenAt: 'desc' }, { origin: 'asc' }, { name: 'asc' }],
      })
      const spans = new Map<string, NameSpan[]>()
      for (const span of rows.map(toSpan)) spans.set(span.address, [...(spans.get(span.address) ?? []), span])
      return spans
    },
    addressesNamed: async (text, limit) => {
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
      const rows = await db.$queryRaw<{ address: string }[]>`SELECT address FROM "HostName" WHERE name LIKE ${pattern} ESCAPE '\\'
        GROUP BY address ORDER BY max("lastSeenAt") DESC, address LIMIT ${limit}`
      return rows.map(({ address }) => address)
    },
  }
}

const toSpan = ({ origin, firstSeenAt, lastSeenAt, ...row }: HostName): NameSpan => ({
  ...row,
  origin: z.enum(NAME_ORIGINS).parse(origin),
  firstSeenAt: firstSeenAt.getTime(),
  lastSeenAt: lastSeenAt.getTime(),
})
