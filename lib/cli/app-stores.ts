import { randomUUID } from 'node:crypto'
import type { EngineCommand } from '@/lib/domain/engine-commands'
import type { Actor, AlarmStore, AllowlistStore, AssetStore, AuditLog, IntakeKeyStore, LogSourceStore, UserStore } from '@/lib/store/ports'
import { createPrismaAlarmStore } from '@/lib/store/prisma/alarm-store'
import { createPrismaAllowlistStore } from '@/lib/store/prisma/allowlist-store'
import { createPrismaAssetStore } from '@/lib/store/prisma/asset-store'
import { createPrismaAuditLog } from '@/lib/store/prisma/audit-log'
import { createPrismaIntakeKeyStore } from '@/lib/store/prisma/intake-key-store'
import { createPrismaLogSourceStore } from '@/lib/store/prisma/log-source-store'
import { openAppDb } from '@/lib/store/prisma/open-app-db'
import { createSignInFailures, type SignInFailures } from '@/lib/store/prisma/sign-in-failures'
import { createPrismaUserStore } from '@/lib/store/prisma/user-store'

/** The stores of app.db that people's changes go through, as a service takes them. */
export interface AppStores {
  readonly actor: Actor
  readonly now: () => number
  readonly newId: () => string
  readonly users: UserStore
  readonly assets: AssetStore
  readonly audit: AuditLog
  readonly alarms: AlarmStore
  readonly allowlist: AllowlistStore
  readonly signInFailures: SignInFailures
  readonly logSources: LogSourceStore
  readonly intakeKeys: IntakeKeyStore
  /** The engine runs in the server's process: it sees keys at its next request, and sources when it starts. */
  readonly engine: { readonly command: EngineCommand }
}

/** Whoever may write the data folder may do what an admin may. */
const COMMAND_LINE: Actor = { userId: 'command-line', name: 'command line', role: 'admin' }

/** @param appDb - path of a prepared app.db; closed when `work` has ended. */
export async function withAppStores<Result>(
  appDb: string,
  now: () => number,
  work: (stores: AppStores) => Promise<Result>,
): Promise<Result> {
  const db = openAppDb(appDb)
  const newId = (): string => randomUUID()
  try {
    return await work({
      ...{ actor: COMMAND_LINE, now, newId },
      users: createPrismaUserStore(db),
      assets: createPrismaAssetStore(db, newId),
      audit: createPrismaAuditLog(db, newId),
      alarms: createPrismaAlarmStore(db, newId),
      allowlist: createPrismaAllowlistStore(db),
      signInFailures: createSignInFailures(db),
      logSources: createPrismaLogSourceStore(db),
      intakeKeys: createPrismaIntakeKeyStore(db),
      engine: { command: () => Promise.reject(Object.assign(new Error('The engine runs elsewhere.'), { code: 'unavailable' })) },
    })
  } finally {
    await db.$disconnect()
  }
}
