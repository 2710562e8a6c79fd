import type { DnsEvent } from '@/lib/domain/dns-event'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

export interface ListLookups {
  readonly zone?: string | undefined
  readonly source?: string | undefined
  readonly qtype?: string | undefined
  /** Half-open range of event time, epoch ms. */
  readonly from: number
  readonly to: number
  readonly limit: number
  readonly cursor: string | null
}

export type LookupRow = Pick<DnsEvent, 'id' | 'at' | 'source' | 'serverIp' | 'qname' | 'qtype' | 'rcode' | 'transport' | 'sensor'> & {
  /** Data of each answer record, in presentation form. */
  readonly answers: string[]
}

export async function listLookups(ctx: ServiceContext, input: ListLookups): Promise<{ rows: LookupRow[]; nextCursor: string | null }> {
  requirePermission(ctx, 'alarm:read')
  const { zone, source, qtype, from, to, limit, cursor } = input
  if (from >= to) throw new ServiceError('invalid', 'to: must lie after from', [{ path: 'to', message: 'must lie after from' }])
  const given = { ...(zone && { zone }), ...(source && { source }), ...(qtype && { qtype }) }
  const page = ctx.events.findLookups({ ...given, range: { fromMs: from, toMs: to } }, limit, cursor)
  return { rows: page.rows.map(toRow), nextCursor: page.nextCursor }
}

function toRow({ id, at, source, serverIp, qname, qtype, rcode, transport, sensor, answers }: DnsEvent): LookupRow {
  return { id, at, source, serverIp, qname, qtype, rcode, transport, sensor, answers: answers.map((answer) => answer.data) }
}
