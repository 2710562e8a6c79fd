import type { DnsEvent } from '@/lib/domain/dns-event'
import type { EventKind } from '@/lib/domain/event-search'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { registeredDomain } from '@/lib/names/registered-domain'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { type EventSearchInput, toEventQuery } from './event-query'

export interface SearchEvents extends EventSearchInput {
  readonly kind: EventKind
  readonly limit: number
  readonly cursor: string | null
}

export type LookupHit = Pick<
  DnsEvent,
  'kind' | 'id' | 'at' | 'source' | 'hostName' | 'userName' | 'processName' | 'serverIp' | 'qname' | 'qtype' | 'rcode' | 'sensor' | 'format'
> & {
  /** Registered domain of the name. */
  readonly zone: string | null
  /** Data of the first answer records, in presentation form. */
  readonly answers: string[]
  readonly answerCount: number | null
}

export interface ProcessHit {
  readonly kind: 'process'
  readonly id: number
  readonly at: number
  readonly hostId: string | null
  readonly hostName: string | null
  readonly userName: string | null
  readonly processName: string | null
  readonly commandLine: string | null
  readonly parentName: string | null
  readonly sensor: string | null
  readonly format: string
}

export interface SearchedEvents {
  readonly rows: (LookupHit | ProcessHit)[]
  readonly nextCursor: string | null
  /** Everything from here to the end of `range` was looked at. */
  readonly searchedFrom: number
  readonly range: { readonly from: number; readonly to: number }
}

const ANSWERS_SHOWN = 5
/** Characters of a command line a list carries; Windows allows 32,767. */
const COMMAND_SHOWN = 2_000

/** Stored events that match, newest first, as far as a request's time allows. */
export async function searchEvents(ctx: ServiceContext, input: SearchEvents): Promise<SearchedEvents> {
  requirePermission(ctx, 'event:read')
  const query = toEventQuery(ctx, input)
  const { limit, cursor } = input
  const range = { from: query.range.fromMs, to: query.range.toMs }
  if (input.kind === 'lookups') {
    const { rows, ...where } = await ctx.eventSearch.lookups(query, limit, cursor)
    return { rows: rows.map(toLookupHit), ...where, range }
  }
  const { rows, ...where } = await ctx.eventSearch.processStarts(query, limit, cursor)
  return { rows: rows.map(toProcessHit), ...where, range }
}

export function toLookupHit(event: DnsEvent): LookupHit {
  const { kind, id, at, source, hostName, userName, processName, serverIp, qname, qtype, rcode, sensor, format } = event
  return {
    ...{ kind, id, at, source, hostName, userName, processName, serverIp, qname, qtype, rcode, sensor, format },
    zone: registeredDomain(qname),
    answers: event.answers.slice(0, ANSWERS_SHOWN).map((answer) => answer.data),
    answerCount: event.answerCount,
  }
}

export function toProcessHit({ id, at, hostId, hostName, user, process, parent, sensor, format }: ProcessEvent): ProcessHit {
  const commandLine = process.commandLine ?? (process.args.length > 0 ? process.args.join(' ') : null)
  return {
    kind: 'process',
    ...{ id, at, hostId, hostName, sensor, format },
    userName: user.name,
    processName: process.name,
    commandLine: commandLine?.slice(0, COMMAND_SHOWN) ?? null,
    parentName: parent.name,
  }
}
