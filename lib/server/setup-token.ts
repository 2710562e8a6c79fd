import { timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ServiceError } from '@/lib/services/errors'
import type { UserStore } from '@/lib/store/ports'
import { removeSecretFile, secretFile } from './secret-file'

/** Makes the token while nobody has an account, and takes it away once somebody has. */
export async function keepSetupToken(dataDir: string, users: Pick<UserStore, 'any'>): Promise<void> {
  if (await users.any()) removeSecretFile(dataDir, 'setup-token')
  else secretFile(dataDir, 'setup-token')
}

/** @throws ServiceError `conflict` once there is no token any more, `forbidden` for a wrong one. */
export function requireSetupToken(dataDir: string, token: string): void {
  if (!existsSync(join(/* turbopackIgnore: true */ dataDir, 'setup-token'))) {
    throw new ServiceError('conflict', 'Dowser is set up already. Sign in, or ask an admin for an account.')
  }
  const expected = Buffer.from(secretFile(dataDir, 'setup-token'))
  const given = Buffer.from(token)
  if (given.length === expected.length && timingSafeEqual(given, expected)) return
  throw new ServiceError('forbidden', 'The token is wrong. Open the set-up address that Dowser printed in the terminal when it started.')
}
