import type { ResumableUpload } from '@/lib/domain/resumable-upload'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** The caller's uploads: unfinished ones, those being read, and what lately became of others. */
export async function listUploads(
  ctx: Pick<ServiceContext, 'actor'>,
  { desk }: { readonly desk: { list(userId: string): Promise<readonly ResumableUpload[]> } },
): Promise<{ uploads: ResumableUpload[] }> {
  requirePermission(ctx, 'source:import')
  return { uploads: [...(await desk.list(ctx.actor.userId))] }
}
