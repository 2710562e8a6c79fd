import { detectors } from '@/lib/detectors'
import { toJson } from '@/lib/domain/handover/json'
import { toMarkdown } from '@/lib/domain/handover/markdown'
import { namesOfAlarms } from '@/lib/services/assets/resolve-names'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { getEscalation } from './get-escalation'
import { getIndicators } from './get-indicators'
import { toPdf } from './handover-pdf'

export interface HandoverFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** What whoever takes over must know, as a file. @throws ServiceError `not-found`. */
export async function handOver(
  ctx: ServiceContext,
  { escalationId, format }: { readonly escalationId: string; readonly format: 'markdown' | 'json' | 'pdf' },
): Promise<HandoverFile> {
  requirePermission(ctx, 'escalation:read')
  const [detail, { indicators }] = await Promise.all([getEscalation(ctx, { escalationId }), getIndicators(ctx, { escalationId })])
  const detectorTitles = Object.fromEntries(detectors.map(({ rule }) => [rule.id, rule.title]))
  const writtenBy = { userId: ctx.actor.userId, name: ctx.actor.name }
  const sourceNames = Object.fromEntries(await namesOfAlarms(ctx, detail.alarms))
  const handover = { detail, indicators, detectorTitles, sourceNames, writtenAt: ctx.now(), writtenBy }
  const name = `dowser-${detail.escalation.id}`
  switch (format) {
    case 'markdown':
      return { name: `${name}.md`, type: 'text/markdown; charset=utf-8', bytes: new TextEncoder().encode(toMarkdown(handover)) }
    case 'json':
      return { name: `${name}.json`, type: 'application/json; charset=utf-8', bytes: new TextEncoder().encode(toJson(handover)) }
    case 'pdf':
      return { name: `${name}.pdf`, type: 'application/pdf', bytes: await toPdf(handover) }
  }
}
