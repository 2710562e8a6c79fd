import type { LogSource } from '@/lib/domain/log-source'
import { takesFormat } from '@/lib/domain/log-source-draft'
import { formats } from '@/lib/formats'
import { requirePermission } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { announce, type LogSourceContext, requireLogSource } from './log-source-context'

/**
 * Has what arrives from now on read as another format; null: recognised by content. Setting what is set already changes nothing.
 *
 * @throws ServiceError `not-found`, `invalid` for an unknown format and for kinds whose format is given with them.
 */
export async function setLogSourceFormat(
  ctx: LogSourceContext,
  { logSourceId, format }: { readonly logSourceId: string; readonly format: string | null },
): Promise<{ source: LogSource }> {
  requirePermission(ctx, 'source:manage')
  const before = await requireLogSource(ctx, logSourceId)
  if (!takesFormat(before.kind)) throw invalid('a source of this kind has no format to choose')
  if (format !== null && !formats.some(({ id }) => id === format)) throw invalid('is no format that Dowser reads')
  if (before.settings.format === format) return { source: before }
  const source = await ctx.logSources.setFormat(logSourceId, format)
  if (source === null) throw new ServiceError('not-found', `There is no log source ${logSourceId}.`)
  const detail = `${source.name}: ${nameOf(before.settings.format)} became ${nameOf(format)}`
  await announce(ctx, source, 'log-source.format-changed', ctx.now(), detail)
  return { source }
}

const nameOf = (format: string | null): string => format ?? 'recognised by content'
const invalid = (message: string) => new ServiceError('invalid', 'Not valid: format.', [{ path: 'format', message }])
