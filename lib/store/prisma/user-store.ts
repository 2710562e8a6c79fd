import { hashPassword } from 'better-auth/crypto'
import { isRole } from '@/lib/domain/permission'
import type { NewUser, UserAccount, UserStore } from '@/lib/store/ports'
import { Prisma, type User as UserRecord } from './client/client'
import type { AppDb } from './open-app-db'
import { inWriteTransaction, type Tx } from './write-transaction'

const SESSIONS_SHOWN = 100

/** Users in the tables that better-auth signs in from. Passwords are hashed as it expects them (scrypt). */
export function createPrismaUserStore(db: AppDb): UserStore {
  return {
    list: async () => (await db.user.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(toUserAccount),
    find: async (id) => {
      const record = await db.user.findUnique({ where: { id } })
      return record === null ? null : toUserAccount(record)
    },
    any: async () => (await db.user.findFirst({ select: { id: true } })) !== null,
    create: async (user) => {
      const hash = await hashPassword(user.password)
      try {
        return toUserAccount(await insertUser(db, user, hash))
      } catch (error) {
        if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return 'taken'
        throw error
      }
    },
    createFirst: async (user) => {
      // Hashing takes a tenth of a second: never inside the transaction.
      const hash = await hashPassword(user.password)
      return inWriteTransaction(db, async (tx) => {
        if ((await tx.user.findFirst({ select: { id: true } })) !== null) return 'exists'
        return toUserAccount(await insertUser(tx, user, hash))
      })
    },
    update: (id, change, at) => inWriteTransaction(db, (tx) => updateUser(tx, id, change, at)),
    rename: async (id, name, at) => {
      const { count } = await db.user.updateMany({ where: { id }, data: { name, updatedAt: new Date(at) } })
      const record = count === 0 ? null : await db.user.findUnique({ where: { id } })
      return record === null ? null : toUserAccount(record)
    },
    sessions: async (userId, now) => {
      const sessions = await db.session.findMany({
        where: { userId, expiresAt: { gt: new Date(now) } },
        orderBy: { updatedAt: 'desc' },
        take: SESSIONS_SHOWN,
      })
      return sessions.map(({ id, userAgent, createdAt, updatedAt }) => ({
        id,
        userAgent,
        startedAt: createdAt.getTime(),
        lastSeenAt: updatedAt.getTime(),
      }))
    },
    endSessions: async (userId, which) => {
      const id = 'only' in which ? which.only : { not: which.except }
      return (await db.session.deleteMany({ where: { userId, id } })).count
    },
    setPassword: async (id, password, at) => {
      const hash = await hashPassword(password)
      return inWriteTransaction(db, async (tx) => {
        const { count } = await tx.account.updateMany({
          where: { userId: id, providerId: 'credential' },
          data: { password: hash, updatedAt: new Date(at) },
        })
        await tx.session.deleteMany({ where: { userId: id } })
        return count > 0
      })
    },
  }
}

function insertUser(tx: Tx, { id, name, email, role, at }: NewUser, password: string): Promise<UserRecord> {
  const now = new Date(at)
  const account = { id: `${id}-password`, accountId: id, providerId: 'credential', password, createdAt: now, updatedAt: now }
  return tx.user.create({
    data: { id, name, email, emailVerified: true, createdAt: now, updatedAt: now, role, banned: false, accounts: { create: account } },
  })
}

async function updateUser(
  tx: Tx,
  id: string,
  { role, disabled }: Parameters<UserStore['update']>[1],
  at: number,
): ReturnType<UserStore['update']> {
  const before = await tx.user.findUnique({ where: { id } })
  if (before === null) return null
  const staysAdmin = (role ?? before.role) === 'admin' && !(disabled ?? before.banned ?? false)
  if (!staysAdmin) {
    const others = await tx.user.count({ where: { id: { not: id }, role: 'admin', OR: [{ banned: false }, { banned: null }] } })
    if (others === 0) return 'last-admin'
  }
  const after = await tx.user.update({
    where: { id },
    data: { ...(role !== undefined && { role }), ...(disabled !== undefined && { banned: disabled }), updatedAt: new Date(at) },
  })
  if (disabled === true) await tx.session.deleteMany({ where: { userId: id } })
  return toUserAccount(after)
}

/** A role that this program does not know gives the least rights, not an error on every page. */
export function toUserAccount({ id, name, email, role, banned, createdAt }: UserRecord): UserAccount {
  return { id, name, email, role: isRole(role) ? role : 'manager', disabled: banned ?? false, createdAt: createdAt.getTime() }
}
