import type { AppDb } from './open-app-db'

/** A Prisma client inside a transaction. */
export type Tx = Parameters<Parameters<AppDb['$transaction']>[0]>[0]

/**
 * Runs `work` in a transaction that takes the write lock at once. One that read first and wrote later would fail whenever
 * the engine's connection committed in between (SQLite cannot upgrade an outdated snapshot).
 */
export function inWriteTransaction<Result>(db: AppDb, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`UPDATE "ChangeCounter" SET value = value WHERE name = ''`
    return work(tx)
  })
}

const ALARMS = 'alarms'

/** Raises the change number that pages poll for; the new value belongs into `Alarm.changeNumber` of what changed. */
export async function raiseChangeNumber(tx: Tx): Promise<number> {
  const { value } = await tx.changeCounter.upsert({
    where: { name: ALARMS },
    create: { name: ALARMS, value: 1 },
    update: { value: { increment: 1 } },
  })
  return value
}

export async function readChangeNumber(db: AppDb): Promise<number> {
  return (await db.changeCounter.findUnique({ where: { name: ALARMS } }))?.value ?? 0
}
