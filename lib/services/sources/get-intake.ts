import type { Intake } from '@/lib/domain/intake'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'

/** @throws ServiceError `not-found`. */
export async function getIntake(ctx: ServiceContext, input: { readonly intakeId: string }): Promise<{ intake: Intake }> {
  requirePermission(ctx, 'source:read')
  const intake = ctx.intakes.find(input.intakeId)
  if (intake === null) throw new ServiceError('not-found', `There is no import ${input.intakeId}.`)
  return { intake }
}
