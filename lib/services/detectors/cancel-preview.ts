import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** Ends a preview; one that is over or unknown is left as it is. */
export async function cancelPreview(
  ctx: Pick<ServiceContext, 'actor' | 'engine'>,
  { previewId }: { readonly previewId: string },
): Promise<Record<string, never>> {
  requirePermission(ctx, 'detector:manage')
  await ctx.engine.command('detectors.cancelPreview', { previewId })
  return {}
}
