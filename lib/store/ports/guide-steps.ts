import type { GuideStep, StepAnswer } from '@/lib/domain/guide-step'
import type { Actor } from './actor'

export interface GuideStepChange {
  readonly alarmId: string
  readonly stepId: string
  /** The step's first words. */
  readonly step: string
  /** null takes the answer back. */
  readonly answer: StepAnswer | null
  readonly note: string | null
  /** When the answer was given that the person saw; null = none was there. */
  readonly expectedAt: number | null
  readonly by: Actor
  readonly at: number
}

/** Answers to the steps of an alarm's guide. */
export interface GuideStepStore {
  /** At most `MAX_GUIDE_STEPS`, oldest answer first. */
  list(alarmId: string): Promise<readonly GuideStep[]>
  /**
   * Stores or takes back one answer, with a line of the alarm's history in the same transaction.
   * @returns `conflict` with the answer as it is now when someone else was first; `full` when the alarm has as many as it may.
   */
  answer(change: GuideStepChange): Promise<{ readonly step: GuideStep | null } | { readonly conflict: GuideStep | null } | 'full'>
}

/** A guide has about ten steps; an alarm keeps the answers of some versions of it. */
export const MAX_GUIDE_STEPS = 100
