import type { LogSource } from '@/lib/domain/log-source'
import { draftProblems, isKeyed, type LogSourceDraft, settingsOf } from '@/lib/domain/log-source-draft'
import { formats } from '@/lib/formats'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { type IssuedKey, issueKey } from './issue-key'
import { announce, type LogSourceContext } from './log-source-context'

export interface AddLogSource extends LogSourceDraft {
  /** Life of the first key of a kind that needs one; null: without an end. */
  readonly keyDays: number | null
}

/**
 * Sets a way in up; the engine opens it at once. A kind that sends over HTTP gets its first key with it.
 *
 * @throws ServiceError `invalid` naming every bad field.
 */
export async function addLogSource(ctx: LogSourceContext, input: AddLogSource): Promise<{ source: LogSource; issued: IssuedKey | null }> {
  requirePermission(ctx, 'source:manage')
  const draft = { ...input, name: input.name.trim(), settings: settingsOf(input.kind, input.settings) }
  const problems = [...draftProblems(draft, await ctx.logSources.list({ includeRemoved: false }))]
  const { format } = draft.settings
  if (format !== null && !formats.some(({ id }) => id === format))
    problems.push({ path: 'settings.format', message: 'is no format that Dowser reads' })
  if (problems.length > 0) throw new ServiceError('invalid', `Not valid: ${problems.map(({ path }) => path).join(', ')}.`, problems)
  const at = ctx.now()
  const { name, kind, settings } = draft
  const source = await ctx.logSources.add(
    { id: ctx.newId(), name, kind, settings, createdAt: at, createdByName: ctx.actor.name, pausedAt: null, removedAt: null },
    ctx.actor,
  )
  if (source === 'taken') {
    const message = 'somebody has just added a source with this name or at this place'
    throw new ServiceError('invalid', `Not valid: ${message}.`, [{ path: 'name', message }])
  }
  const issued = isKeyed(kind) ? await issueKey(ctx, source, { name, days: input.keyDays }) : null
  await announce(ctx, source, 'log-source.added', at, `${name}: ${placeOf(source)}`)
  return { source, issued }
}

/** For the audit log: where it listens or what it follows. */
function placeOf({ kind, settings: { address, port, path } }: LogSource): string {
  const place = path ?? (port === null ? null : `${address?.includes(':') ? `[${address}]` : address}:${port}`)
  return place === null ? kind : `${kind} ${place}`
}
