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

/** The range asked for, cut to what is stored. */
export function storedRange(ctx: Pick<ServiceContext, 'events'>, { from, to }: Omit<EventSearchInput, 'q'>): TimeRange {
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
