import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { hostNamesContract } from '@/lib/store/contract/host-names.contract'
import { createPrismaHostNameStore } from '@/lib/store/prisma/host-name-store'
import { openAppDb, prepareAppDb } from '@/lib/store/prisma/open-app-db'
import { createSqliteHostNameWriter } from './host-name-writer'

const folder = mkdtempSync(join(tmpdir(), 'dowser-names-'))
const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))
let no = 0

afterAll(() => rmSync(folder, { recursive: true, force: true }))

hostNamesContract((maxSpans) => {
  const path = join(folder, `app-${++no}.db`)
  prepareAppDb(path, migrations, 0)
  const writer = createSqliteHostNameWriter(path, maxSpans)
  const db = openAppDb(path)
  return {
    writer,
    store: createPrismaHostNameStore(db),
    close: async () => {
      writer.close()
      await db.$disconnect()
    },
  }
})
