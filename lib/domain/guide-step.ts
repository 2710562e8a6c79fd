import { z } from 'zod'

/** What a person found: `done` for a step that only asks to be done, else one of the three answers of its question. */
export const STEP_ANSWERS = [
  'done',
  'encoded',
  'readable',
  'unsure',
  'trusted',
  'untrusted',
  'unknown',
  'harmless',
  'sensitive',
  'undecodable',
] as const
export const stepAnswerSchema = z.enum(STEP_ANSWERS)
export type StepAnswer = z.infer<typeof stepAnswerSchema>

/** A person's answer to one step of the detector's guide, for one alarm. */
export const guideStepSchema = z.object({
  /** Made of the step's words by the page; at most 80 characters of a–z, 0–9 and hyphens. */
  stepId: z.string(),
  answer: stepAnswerSchema,
  note: z.string().nullable(),
  byName: z.string(),
  at: z.number(),
})
export type GuideStep = z.infer<typeof guideStepSchema>
