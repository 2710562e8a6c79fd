import type { AlarmStatus, CloseReason } from '@/lib/domain/alarm'
import type { PreviewAlarm, PreviewResult, PreviewState } from '@/lib/domain/detector-preview'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Rows a page gets of each side; the counts are whole. */
const MAX_ROWS = 200

export interface DecidedAlarm extends PreviewAlarm {
  /** Where the stored alarm stands; null when there is none. */
  readonly status: AlarmStatus | null
  readonly reason: CloseReason | null
}

export interface DecidedPreview extends Omit<PreviewResult, 'added' | 'dropped'> {
  readonly added: { readonly count: number; readonly rows: DecidedAlarm[] }
  readonly dropped: { readonly count: number; readonly rows: DecidedAlarm[] }
  /** Dropped alarms that a person closed as a true positive. */
  readonly lostTruePositives: number
}

export interface DecidedPreviewState extends Omit<PreviewState, 'result'> {
  readonly result: DecidedPreview | null
}

/** How a preview stands; when it is done, with what people decided about the alarms it is about. */
export async function getPreview(
  ctx: Pick<ServiceContext, 'actor' | 'alarms' | 'engine'>,
  { previewId }: { readonly previewId: string },
): Promise<{ preview: DecidedPreviewState }> {
  requirePermission(ctx, 'detector:manage')
  const preview = await ctx.engine.command('detectors.previewState', { previewId })
  return { preview: { ...preview, result: preview.result === null ? null : await decided(ctx, preview.result) } }
}

async function decided(ctx: Pick<ServiceContext, 'alarms'>, result: PreviewResult): Promise<DecidedPreview> {
  const ids = [...result.added.rows, ...result.dropped.rows].flatMap(({ alarmId }) => alarmId ?? [])
  const stands = await ctx.alarms.standing(ids)
  const withStanding = (row: PreviewAlarm): DecidedAlarm => {
    const known = row.alarmId === null ? undefined : stands[row.alarmId]
    return { ...row, status: known?.status ?? null, reason: known?.reason ?? null }
  }
  const isLost = ({ reason }: DecidedAlarm) => reason === 'true-positive'
  const dropped = result.dropped.rows.map(withStanding)
  const lost = dropped.filter(isLost)
  return {
    ...result,
    added: { count: result.added.count, rows: result.added.rows.slice(0, MAX_ROWS).map(withStanding) },
    // What would be lost stands first, whatever its severity.
    dropped: { count: result.dropped.count, rows: [...lost, ...dropped.filter((row) => !isLost(row))].slice(0, MAX_ROWS) },
    lostTruePositives: lost.length,
  }
}
