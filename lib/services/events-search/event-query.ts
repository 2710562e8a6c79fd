import { parseEventSearch } from '@/lib/domain/event-search'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { EventQuery, TimeRange } from '@/lib/store/ports'

export interface EventSearchInput {
  readonly q: string
  /** Half-open range of event time, epoch ms; what is left out reaches to the end of what is stored. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

const NOTHING: TimeRange = { fromMs: 0, toMs: 0 }
/** A range longer than this is cut to what is stored, so that its buckets stay fine. */
const MAX_SPAN_MS = 400 * 86_400_000

/** The range asked for; an open or very long one is cut to what is stored, which asks every segment. */
export function storedRange(ctx: Pick<ServiceContext, 'events'>, { from, to }: Omit<EventSearchInput, 'q'>): TimeRange {
  if (from !== undefined && to !== undefined && to - from <= MAX_SPAN_MS) return { fromMs: from, toMs: to }
  const extent = ctx.events.extent()
  if (extent === null) return NOTHING
  const fromMs = Math.max(extent.fromMs, from ?? extent.fromMs)
  return { fromMs, toMs: Math.max(fromMs, Math.min(extent.toMs, to ?? extent.toMs)) }
}

/** @throws ServiceError `invalid` naming what the search text or the range gets wrong. */
export function toEventQuery(ctx: Pick<ServiceContext, 'events'>, input: EventSearchInput): EventQuery {
  const { terms, problems } = parseEventSearch(input.q)
  const fields = problems.map((message) => ({ path: 'q', message }))
  if (input.from !== undefined && input.to !== undefined && input.from >= input.to)
    fields.push({ path: 'to', message: 'must lie after from' })
  if (fields.length > 0) throw new ServiceError('invalid', fields.map(({ message }) => message).join(' '), fields)
  return { terms, range: storedRange(ctx, input) }
}
