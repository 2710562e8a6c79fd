import { useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { AnswerGuideStepInput, GuideStepResponse, GuideStepsResponse } from '@/lib/api/contracts/guide-steps'
import { alarmKeys } from './alarms'

export interface GuideStepAnswer extends AnswerGuideStepInput {
  readonly stepId: string
}

/** Stores what was found at a step; the list and the history follow. */
export function useAnswerGuideStep(alarmId: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ stepId, ...body }: GuideStepAnswer) =>
      apiFetch<GuideStepResponse>(`/alarms/${encodeURIComponent(alarmId)}/guide-steps/${stepId}`, { method: 'POST', json: body }),
    onSuccess: ({ step }, { stepId }) => {
      client.setQueryData<GuideStepsResponse>(alarmKeys.guideSteps(alarmId), (shown) => {
        const others = (shown?.steps ?? []).filter((each) => each.stepId !== stepId)
        return { steps: step === null ? others : [...others, step] }
      })
      void client.invalidateQueries({ queryKey: alarmKeys.detail(alarmId), exact: true })
    },
    // Someone else was first, or the alarm is gone: show how it stands now.
    onError: () => void client.invalidateQueries({ queryKey: alarmKeys.guideSteps(alarmId) }),
  })
}
