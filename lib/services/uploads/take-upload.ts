import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { Actor } from '@/lib/store/ports'

/** What answers requests of the protocol for resumable uploads. */
export interface UploadPort {
  handle(request: Request, by: Actor): Promise<Response>
}

/** Creates, goes on with, asks for and discards uploads of the caller; what is whole is read in as an import. */
export async function takeUpload(
  ctx: Pick<ServiceContext, 'actor'>,
  { request, desk }: { readonly request: Request; readonly desk: UploadPort },
): Promise<Response> {
  requirePermission(ctx, 'source:import')
  return desk.handle(request, ctx.actor)
}
