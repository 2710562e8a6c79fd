import { bucketFor, type EventKind } from '@/lib/domain/event-search'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { CountPiece } from '@/lib/store/ports'
import { type EventSearchInput, toEventQuery } from './event-query'

export interface CountEvents extends EventSearchInput {
  readonly kind: EventKind
  /** Where an earlier piece stopped; it must be asked for with that piece's `range`. */
  readonly cursor: string | null
}

export interface CountedEvents extends CountPiece {
  readonly range: { readonly from: number; readonly to: number }
  readonly bucketMs: number
}

/** Counts of what matches, from the newest on, as far as a request's time allows; pieces add up. */
export async function countEvents(ctx: ServiceContext, input: CountEvents): Promise<CountedEvents> {
  requirePermission(ctx, 'event:read')
  const query = toEventQuery(ctx, input)
  const { fromMs, toMs } = query.range
  const bucketMs = bucketFor(toMs - fromMs)
  return { ...(await ctx.eventSearch.count(input.kind, query, bucketMs, input.cursor)), range: { from: fromMs, to: toMs }, bucketMs }
}
