import type { Intake } from '@/lib/domain/intake'
import { type ImportMeta, requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** Longest file name that is kept; it is shown, never used as a path. */
const MAX_NAME = 255

/** Hands a log's bytes to the engine and waits for its account. @throws ServiceError `unavailable` while the engine is not running. */
export async function importEvents(
  ctx: ServiceContext,
  input: { readonly bytes: AsyncIterable<Uint8Array>; readonly meta: Omit<ImportMeta, 'demo'> },
): Promise<{ intake: Intake }> {
  requirePermission(ctx, 'source:import')
  if (ctx.engine.state() !== 'ready')
    throw new ServiceError('unavailable', 'The engine is not ready to take logs in. Try again in a few seconds.')
  const name = input.meta.name.slice(0, MAX_NAME)
  const intake = await ctx.engine.import(input.bytes, { ...input.meta, name, demo: false })
  const detail = `${name}: ${intake.records} records, ${intake.alarms} alarms${intake.hiddenAlarms ? `, ${intake.hiddenAlarms} of them suppressed` : ''}`
  await ctx.audit.append({ at: ctx.now(), by: ctx.actor, action: 'events.imported', entity: 'intake', entityId: intake.id, detail })
  if (intake.state === 'failed') throw failureOf(intake)
  return { intake }
}

/** What could not be read at all is the sender's to correct; the accounting goes along. */
function failureOf(intake: Intake): ServiceError {
  const code = intake.format === null ? 'unknown-format' : 'invalid'
  return new ServiceError(code, intake.error ?? 'The log could not be read.', [], { intake })
}
