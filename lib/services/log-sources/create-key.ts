import { requirePermission } from '@/lib/services/context'
import { type IssuedKey, issueKey, keyDetail } from './issue-key'
import { announce, type LogSourceContext, requireLogSource } from './log-source-context'

export interface CreateKey {
  readonly logSourceId: string
  readonly name: string
  /** Life of the key; null: without an end. */
  readonly days: number | null
}

/** @throws ServiceError `not-found`; `invalid` for a source that takes no keys. */
export async function createKey(ctx: LogSourceContext, { logSourceId, name, days }: CreateKey): Promise<IssuedKey> {
  requirePermission(ctx, 'source:manage')
  const source = await requireLogSource(ctx, logSourceId)
  const issued = await issueKey(ctx, source, { name, days })
  await announce(ctx, source, 'log-source.key-created', issued.key.createdAt, keyDetail(source, issued.key))
  return issued
}
