import { randomUUID } from 'node:crypto'
import { createFirstAdmin } from '@/lib/services/users/create-first-admin'
import type { UserAccount } from '@/lib/store/ports'
import { env } from './env'
import { removeSecretFile } from './secret-file'
import { requireSetupToken } from './setup-token'
import { stores } from './stores'

/** First run: whoever holds the token, and so started the server, becomes its first admin. */
export async function setUp(input: {
  readonly token: string
  readonly name: string
  readonly email: string
  readonly password: string
}): Promise<{ user: UserAccount }> {
  const { dataDir } = env()
  const { token, ...person } = input
  requireSetupToken(dataDir, token)
  const { users, audit } = stores()
  const created = await createFirstAdmin({ users, audit, now: Date.now, newId: randomUUID }, person)
  removeSecretFile(dataDir, 'setup-token')
  return created
}
