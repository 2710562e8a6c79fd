import { z } from 'zod'
import { guideStepSchema, stepAnswerSchema } from '@/lib/domain/guide-step'
import { AlarmParams } from './alarms'

/** GET /api/v1/alarms/{id}/guide-steps */
export const GuideStepsResponse = z.strictObject({ steps: z.array(guideStepSchema) })
export type GuideStepsResponse = z.infer<typeof GuideStepsResponse>

export const GuideStepParams = AlarmParams.extend({ stepId: z.string().regex(/^[a-z0-9-]{1,80}$/) })

/** POST /api/v1/alarms/{id}/guide-steps/{stepId} — `answer: null` takes the answer back. */
export const AnswerGuideStepBody = z.strictObject({
  /** The step's first words, for the history. */
  step: z.string().trim().min(1).max(200),
  answer: stepAnswerSchema.nullable(),
  note: z.string().trim().max(2_000).nullable().default(null),
  /** `at` of the answer that was shown; null when none was. */
  expectedAt: z.number().int().nullable().default(null),
})
export type AnswerGuideStepBody = z.infer<typeof AnswerGuideStepBody>
export type AnswerGuideStepInput = z.input<typeof AnswerGuideStepBody>

export const GuideStepResponse = z.strictObject({ step: guideStepSchema.nullable() })
export type GuideStepResponse = z.infer<typeof GuideStepResponse>
