import type { GuideStep, StepAnswer } from '@/lib/domain/guide-step'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { requireAlarm } from './require-alarm'

export interface AnswerGuideStep {
  readonly alarmId: string
  readonly stepId: string
  readonly step: string
  /** null takes the answer back. */
  readonly answer: StepAnswer | null
  readonly note: string | null
  /** `at` of the answer the person saw; null when there was none. */
  readonly expectedAt: number | null
}

/**
 * Records what a person found at a step of the guide; the alarm's state stays. The history keeps every answer.
 * @throws ServiceError `not-found`; `conflict` when someone else answered meanwhile; `invalid` when the alarm holds no more.
 */
export async function answerGuideStep(ctx: ServiceContext, input: AnswerGuideStep): Promise<{ step: GuideStep | null }> {
  requirePermission(ctx, 'alarm:decide')
  const alarm = await requireAlarm(ctx, input.alarmId)
  const outcome = await ctx.guideSteps.answer({ ...input, alarmId: alarm.id, by: ctx.actor, at: ctx.now() })
  if (outcome === 'full') throw new ServiceError('invalid', `The alarm ${alarm.id} holds as many answers as it may.`)
  if ('conflict' in outcome) {
    const now = outcome.conflict
    const words = now === null ? 'Its answer was taken back meanwhile.' : `${now.byName} answered it meanwhile: ${now.answer}.`
    throw new ServiceError('conflict', words, [], { step: now })
  }
  return outcome
}
