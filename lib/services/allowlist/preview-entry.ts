import type { AlarmRow } from '@/lib/domain/alarm'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { guardDomain } from './guard-domain'

const MAX_EXAMPLES = 10

export interface EntryPreview {
  readonly openAlarms: number
  readonly truePositives: number
  readonly examples: AlarmRow[]
  readonly refusal: string | null
  readonly warnings: string[]
}

/** What an entry would hide, by the predicate that will decide; nothing is stored. */
export async function previewEntry(
  ctx: ServiceContext,
  input: { readonly domain: string; readonly source: string | null; readonly detector: string | null },
): Promise<EntryPreview> {
  requirePermission(ctx, 'allowlist:read')
  const { domain, refusal, warnings } = guardDomain(input.domain)
  if (refusal !== null) return { openAlarms: 0, truePositives: 0, examples: [], refusal, warnings: [...warnings] }
  const covered = await ctx.alarms.coveredBy({ ...input, domain }, MAX_EXAMPLES)
  const regret =
    covered.truePositives === 0 ? [] : [`It covers ${covered.truePositives} alarm(s) that were closed as a true positive. Narrow it down.`]
  return {
    openAlarms: covered.open,
    truePositives: covered.truePositives,
    examples: [...covered.examples],
    refusal,
    warnings: [...warnings, ...regret],
  }
}
