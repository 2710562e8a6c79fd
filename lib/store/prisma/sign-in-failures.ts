import { createHash } from 'node:crypto'
import type { AppDb } from './open-app-db'
import { inWriteTransaction } from './write-transaction'

/** Failures of one account within the window before it is blocked. A person who mistypes needs three or four. */
const MAX_FAILURES = 10
const WINDOW_MS = 15 * 60_000
const BLOCK_MS = 15 * 60_000

/** Counts failed sign-ins by account: a guesser can change its address at will, but not the account it is after. */
export interface SignInFailures {
  /**
   * Counts an attempt before its password is checked, so that many at once cannot slip through together.
   *
   * @returns when the account may try again, epoch ms; null when the attempt may go on.
   */
  reserve(email: string, nowMs: number): Promise<number | null>
  /** Forgets the account's failures: it signed in. */
  clear(email: string): Promise<void>
}

export function createSignInFailures(db: AppDb): SignInFailures {
  return {
    reserve: (email, nowMs) =>
      inWriteTransaction(db, async (tx) => {
        const now = new Date(nowMs)
        // Bounds the table: what is over tells nothing any more.
        await tx.signInFailure.deleteMany({
          where: {
            OR: [{ blockedUntil: null, firstAt: { lte: new Date(nowMs - WINDOW_MS) } }, { blockedUntil: { lte: now } }],
          },
        })
        const account = keyOf(email)
        const before = await tx.signInFailure.findUnique({ where: { account } })
        if (before?.blockedUntil != null) return before.blockedUntil.getTime()
        const failures = (before?.failures ?? 0) + 1
        const blockedUntil = failures >= MAX_FAILURES ? new Date(nowMs + BLOCK_MS) : null
        await tx.signInFailure.upsert({
          where: { account },
          create: { account, failures, firstAt: now, blockedUntil },
          update: { failures, blockedUntil },
        })
        return null
      }),
    clear: async (email) => {
      await db.signInFailure.deleteMany({ where: { account: keyOf(email) } })
    },
  }
}

// Hashed: a password typed into the wrong field must not stand in the database.
const keyOf = (email: string): string => createHash('sha256').update(email.trim().toLowerCase()).digest('hex')
