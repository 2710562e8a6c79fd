import { AnswerGuideStepBody, GuideStepParams, GuideStepResponse } from '@/lib/api/contracts/guide-steps'
import { defineRoute } from '@/lib/server/route'
import { answerGuideStep } from '@/lib/services/alarms/guide-answer-step'

export const POST = defineRoute({
  params: GuideStepParams,
  body: AnswerGuideStepBody,
  response: GuideStepResponse,
  handle: ({ ctx, params, body }) => answerGuideStep(ctx, { ...params, ...body }),
})
