import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { draft, MIGRATIONS, NOON } from '@/lib/server/testing/temporary-context'
import { escalationsContract } from '@/lib/store/contract/escalations.contract'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createPrismaAlarmStore } from './alarm-store'
import { createPrismaEscalationStore } from './escalation-store'
import { openAppDb, prepareAppDb } from './open-app-db'

escalationsContract(() => {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-escalations-'))
  const path = join(dir, 'app.db')
  prepareAppDb(path, MIGRATIONS, 0)
  const db = openAppDb(path)
  const sink = createSqliteAlarmSink(path)
  let ids = 0
  const newId = () => `id-${++ids}`
  const alarms = createPrismaAlarmStore(db, newId)
  return {
    store: createPrismaEscalationStore(db, newId),
    seed: (seeded) => void sink.upsert(seeded.map(draft), NOON),
    statusOf: async (id) => (await alarms.find(id))?.status ?? 'missing',
    close: async () => {
      sink.close()
      await db.$disconnect()
      rmSync(dir, { recursive: true, force: true })
    },
  }
})
