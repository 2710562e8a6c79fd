import type { AlarmRow, AlarmStatus } from '@/lib/domain/alarm'
import type { AlarmSort } from '@/lib/domain/alarm-filter'
import type { Severity } from '@/lib/domain/severity'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { AlarmFilter } from '@/lib/store/ports'

/** The filter as pages and API write it: flat, times as two optional ends. */
export interface ListAlarms {
  readonly status?: readonly AlarmStatus[] | undefined
  readonly severity?: readonly Severity[] | undefined
  readonly detector?: readonly string[] | undefined
  readonly zone?: string | undefined
  readonly source?: string | undefined
  readonly hostId?: string | undefined
  readonly technique?: string | undefined
  /** `none`, `me` or the id of a person. */
  readonly owner?: string | undefined
  /** Id or name. */
  readonly host?: string | undefined
  readonly user?: string | undefined
  readonly tool?: string | undefined
  /** Closed at or after, epoch ms. */
  readonly closedFrom?: number | undefined
  /** Key of a story. */
  readonly story?: string | undefined
  readonly text?: string | undefined
  /** Half-open range of event time, epoch ms; either end may be left open. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly sort: AlarmSort
  readonly limit: number
  readonly cursor: string | null
}

export interface AlarmList {
  readonly rows: AlarmRow[]
  readonly nextCursor: string | null
  readonly total: number
  readonly counts: {
    readonly status: Record<string, number>
    readonly severity: Record<string, number>
    readonly detector: Record<string, number>
  }
  readonly changeNumber: number
}

/** A page of alarms, how many there are in all, and what each filter of the bar would still show. */
export async function listAlarms(ctx: ServiceContext, input: ListAlarms): Promise<AlarmList> {
  requirePermission(ctx, 'alarm:read')
  const filter = toFilter(ctx, input)
  // Read first: a change that lands in between is asked for again rather than missed.
  const changeNumber = await ctx.alarms.changeNumber()
  const page = await ctx.alarms.list(filter, input.sort, input.limit, input.cursor)
  const { status: _status, severity: _severity, detector: _detector, ...others } = filter
  const facets = await ctx.alarms.facets(others)
  return { rows: [...page.rows], nextCursor: page.nextCursor, ...countFacets(facets, filter), changeNumber }
}

const FIELDS = ['status', 'severity', 'detector'] as const
type Field = (typeof FIELDS)[number]
type Facet = Awaited<ReturnType<ServiceContext['alarms']['facets']>>[number]

/** The total under the whole filter, and each field's counts without that field's own condition. */
export function countFacets(facets: readonly Facet[], filter: AlarmFilter): Pick<AlarmList, 'total' | 'counts'> {
  const meets = (facet: Facet, field: Field): boolean => {
    const wanted: readonly string[] = filter[field] ?? []
    return wanted.length === 0 || wanted.includes(facet[field])
  }
  const counts: Record<Field, Record<string, number>> = { status: {}, severity: {}, detector: {} }
  let total = 0
  for (const facet of facets) {
    const failed = FIELDS.filter((field) => !meets(facet, field))
    if (failed.length === 0) total += facet.count
    for (const field of FIELDS) {
      if (failed.some((other) => other !== field)) continue
      counts[field][facet[field]] = (counts[field][facet[field]] ?? 0) + facet.count
    }
  }
  return { total, counts }
}

/** The store's filter: times as one range, `me` as the person who asks, empty fields left out. */
export function toFilter(ctx: Pick<ServiceContext, 'actor'>, input: Partial<ListAlarms>): AlarmFilter {
  const { sort: _sort, limit: _limit, cursor: _cursor, from, to, ...rest } = input
  const range = from === undefined && to === undefined ? {} : { range: { fromMs: from ?? 0, toMs: to ?? Number.MAX_SAFE_INTEGER } }
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''))
  return { ...given, ...range, ...(input.owner === 'me' && { owner: ctx.actor.userId }) }
}
