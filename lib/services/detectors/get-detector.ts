import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { type DetectorView, detectorView } from './detector-view'
import { requireRule } from './require-rule'

/** A detector's settings with their history. @throws ServiceError `not-found` */
export async function getDetector(
  ctx: Pick<ServiceContext, 'actor' | 'detectorSettings'>,
  { detectorId }: { readonly detectorId: string },
): Promise<{ detector: DetectorView }> {
  requirePermission(ctx, 'detector:read')
  const rule = requireRule(detectorId)
  return { detector: detectorView(rule, await ctx.detectorSettings.find(detectorId)) }
}
