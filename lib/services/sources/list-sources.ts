import type { Intake } from '@/lib/domain/intake'
import { formats } from '@/lib/formats'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

const MAX_INTAKES = 1_000

export interface SourceList {
  readonly intakes: Intake[]
  readonly totals: {
    readonly dnsEvents: number
    readonly processEvents: number
    readonly firstEventAt: number | null
    readonly lastEventAt: number | null
  }
  readonly formats: { readonly id: string; readonly title: string; readonly endings: string[] }[]
}

/** What came in, newest first, and what could come in. */
export async function listSources(ctx: ServiceContext): Promise<SourceList> {
  requirePermission(ctx, 'source:read')
  const intakes = [...ctx.intakes.list(MAX_INTAKES)]
  const extent = ctx.events.extent()
  return {
    intakes,
    totals: {
      dnsEvents: intakes.reduce((sum, intake) => sum + intake.dnsEvents, 0),
      processEvents: intakes.reduce((sum, intake) => sum + intake.processEvents, 0),
      firstEventAt: extent?.fromMs ?? null,
      // The extent is half-open; the last event lies one millisecond before its end.
      lastEventAt: extent === null ? null : extent.toMs - 1,
    },
    formats: formats.map(({ id, title, endings }) => ({ id, title, endings: [...endings] })),
  }
}
