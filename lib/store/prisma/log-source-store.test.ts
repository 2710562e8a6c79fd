import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logSourcesContract } from '@/lib/store/contract/log-sources.contract'
import { createPrismaIntakeKeyStore } from './intake-key-store'
import { createPrismaLogSourceStore } from './log-source-store'
import { openAppDb, prepareAppDb } from './open-app-db'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

logSourcesContract(() => {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-log-sources-'))
  const path = join(dir, 'app.db')
  prepareAppDb(path, MIGRATIONS, 0)
  const db = openAppDb(path)
  return {
    sources: createPrismaLogSourceStore(db),
    keys: createPrismaIntakeKeyStore(db),
    close: async () => {
      await db.$disconnect()
      rmSync(dir, { recursive: true, force: true })
    },
  }
})
