import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { kqlRefusal } from './new-config'

/** Why a query cannot be an exception, while it is being written; null when it can. */
export async function checkException(
  ctx: Pick<ServiceContext, 'actor'>,
  { kql }: { readonly kql: string },
): Promise<{ refusal: string | null }> {
  requirePermission(ctx, 'detector:read')
  return { refusal: kqlRefusal(kql) }
}
