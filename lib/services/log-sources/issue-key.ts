import type { IntakeKey, LogSource } from '@/lib/domain/log-source'
import { isKeyed } from '@/lib/domain/log-source-draft'
import { ServiceError } from '@/lib/services/errors'
import { newIntakeSecret } from './intake-key-secret'
import type { LogSourceContext } from './log-source-context'

const DAY_MS = 86_400_000

export interface IssuedKey {
  readonly key: IntakeKey
  /** Shown once. */
  readonly secret: string
}

/** @param days - life of the key; null: without an end. @throws ServiceError `invalid` for a kind that takes no key. */
export async function issueKey(
  ctx: LogSourceContext,
  source: LogSource,
  { name, days }: { readonly name: string; readonly days: number | null },
): Promise<IssuedKey> {
  if (!isKeyed(source.kind))
    throw new ServiceError('invalid', `${source.name} is opened by the engine itself; nothing sends to it with a key.`, [])
  const at = ctx.now()
  const { secret, secretHash, prefix } = newIntakeSecret()
  const key = await ctx.intakeKeys.add(
    {
      ...{ id: ctx.newId(), logSourceId: source.id, name: name.trim(), prefix, createdAt: at, createdByName: ctx.actor.name },
      ...{ expiresAt: days === null ? null : at + days * DAY_MS, revokedAt: null, lastUsedAt: null },
    },
    secretHash,
  )
  return { key, secret }
}

/** For the audit log: which key, and for how long. */
export const keyDetail = (source: LogSource, { name, prefix, expiresAt }: IntakeKey): string =>
  `${source.name}: ${name} (${prefix}…), ${expiresAt === null ? 'without an end' : `until ${new Date(expiresAt).toISOString()}`}`
