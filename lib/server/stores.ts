import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ServiceStores } from '@/lib/services/context'
import { createPresenceBoard } from '@/lib/services/presence/presence-board'
import { createPrismaAlarmStore } from '@/lib/store/prisma/alarm-store'
import { createPrismaAllowlistStore } from '@/lib/store/prisma/allowlist-store'
import { createPrismaAssetStore } from '@/lib/store/prisma/asset-store'
import { createPrismaAuditLog } from '@/lib/store/prisma/audit-log'
import { createPrismaDetectorSettingsStore } from '@/lib/store/prisma/detector-settings-store'
import { createPrismaEscalationStore } from '@/lib/store/prisma/escalation-store'
import { createPrismaGuideStepStore } from '@/lib/store/prisma/guide-step-store'
import { createPrismaHostNameStore } from '@/lib/store/prisma/host-name-store'
import { createPrismaIntakeKeyStore } from '@/lib/store/prisma/intake-key-store'
import { createPrismaLogSourceStore } from '@/lib/store/prisma/log-source-store'
import { type AppDb, openAppDb, prepareAppDb } from '@/lib/store/prisma/open-app-db'
import { createPrismaSelectionStore } from '@/lib/store/prisma/selection-store'
import { createSignInFailures, type SignInFailures } from '@/lib/store/prisma/sign-in-failures'
import { createPrismaUserStore } from '@/lib/store/prisma/user-store'
import { createPrismaViewStore } from '@/lib/store/prisma/view-store'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteEventSearch } from '@/lib/store/sqlite/event-search'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { env } from './env'
import { once } from './once'
import { makeDataDir } from './secret-file'

export interface Stores extends ServiceStores {
  readonly appDb: AppDb
  readonly signInFailures: SignInFailures
  /** Closes the raw connections; Prisma's own is `appDb.$disconnect()`. */
  close(): void
}

const newId = (): string => randomUUID()

/** Opens every store of a data folder, bringing app.db up to date first. */
export function openStores(dataDir: string, migrationsDir: string): Stores {
  makeDataDir(dataDir)
  const path = join(/* turbopackIgnore: true */ dataDir, 'app.db')
  prepareAppDb(path, migrationsDir, Date.now())
  const appDb = openAppDb(path)
  const alarmSink = createSqliteAlarmSink(path, newId)
  const events = createSqliteEventStore({ dir: dataDir })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(dataDir))
  return {
    appDb,
    alarms: createPrismaAlarmStore(appDb, newId),
    allowlist: createPrismaAllowlistStore(appDb),
    assets: createPrismaAssetStore(appDb, newId),
    audit: createPrismaAuditLog(appDb, newId),
    detectorSettings: createPrismaDetectorSettingsStore(appDb, newId),
    escalations: createPrismaEscalationStore(appDb, newId),
    users: createPrismaUserStore(appDb),
    signInFailures: createSignInFailures(appDb),
    alarmSink,
    events,
    eventSearch: createSqliteEventSearch({ dir: dataDir }),
    guideSteps: createPrismaGuideStepStore(appDb, newId),
    hostNames: createPrismaHostNameStore(appDb),
    intakes,
    logSources: createPrismaLogSourceStore(appDb),
    intakeKeys: createPrismaIntakeKeyStore(appDb),
    presence: createPresenceBoard(),
    selections: createPrismaSelectionStore(appDb),
    views: createPrismaViewStore(appDb),
    close: () => {
      alarmSink.close()
      events.close()
      intakes.close()
    },
  }
}

/** The stores of this process, opened on first use. Nothing that runs during a build may come here. */
export function stores(): Stores {
  return once('stores', () => openStores(env().dataDir, join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations')))
}
