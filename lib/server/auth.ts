import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { nextCookies } from 'better-auth/next-js'
import { admin } from 'better-auth/plugins'
import { createAccessControl } from 'better-auth/plugins/access'
import { adminAc, defaultStatements } from 'better-auth/plugins/admin/access'
import type { AppDb } from '@/lib/store/prisma/open-app-db'
import { type Env, env, trustedOrigins } from './env'
import { once } from './once'
import { secretFile } from './secret-file'
import { stores } from './stores'

const HALF_DAY_SECONDS = 43_200
/** How often a session in use is stored as seen; the account page shows no finer. */
const SEEN_SECONDS = 300
/**
 * Sign-ins a minute for everybody together: the address of a client is not known for certain without a trusted proxy, so
 * there is one bucket. It bounds what hashing costs; guessing at one account is stopped by `SignInFailures`.
 */
const SIGN_INS_A_MINUTE = 60

const ac = createAccessControl(defaultStatements)
const roles = { analyst: ac.newRole({}), manager: ac.newRole({}), admin: ac.newRole(adminAc.statements) }

/** Options of better-auth; apart, so that a test can compare the tables they need with the schema. */
export const authOptions = ({ appDb, settings, secret }: { appDb: AppDb; settings: Env; secret: string }) =>
  ({
    appName: 'Dowser',
    baseURL: settings.url,
    secret,
    database: prismaAdapter(appDb, { provider: 'sqlite' }),
    telemetry: { enabled: false },
    trustedOrigins: [...trustedOrigins(settings)],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 200 },
    // Without the cookie cache an ended session ends at once.
    session: { expiresIn: HALF_DAY_SECONDS, updateAge: SEEN_SECONDS, cookieCache: { enabled: false } },
    rateLimit: { enabled: true, storage: 'database', customRules: { '/sign-in/email': { window: 60, max: SIGN_INS_A_MINUTE } } },
    advanced: { cookiePrefix: 'dowser', useSecureCookies: settings.url.startsWith('https:') },
    logger: { level: 'error' },
    plugins: [admin({ ac, roles, defaultRole: 'analyst', adminRoles: ['admin'] }), nextCookies()],
  }) satisfies BetterAuthOptions

export const createAuth = (parts: { appDb: AppDb; settings: Env; secret: string }) => betterAuth(authOptions(parts))
export type Auth = ReturnType<typeof createAuth>

/** The auth of this process, built on first use. */
export function auth(): Auth {
  return once('auth', () => {
    const settings = env()
    const { appDb } = stores()
    return createAuth({ appDb, settings, secret: settings.secret ?? secretFile(settings.dataDir, 'secret') })
  })
}
