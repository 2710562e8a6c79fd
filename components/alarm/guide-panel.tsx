'use client'

import { useQuery } from '@tanstack/react-query'
import { Notice } from '@/components/ui/notice'
import type { Alarm } from '@/lib/domain/alarm'
import type { GuideStep } from '@/lib/domain/guide-step'
import { guideStepsOptions } from '@/lib/queries/alarms'
import { failureOf } from '@/lib/queries/failure'
import { answersTo } from './guide-answers'
import { GuideBlocks } from './guide-blocks'
import type { GuideSection } from './guide-document'
import { StepCard } from './guide-step-card'
import { isSteps, progressOf, stepsOf } from './guide-steps'
import { Panel } from './panel'
import { ResponseChecklist } from './response-checklist'

interface GuidePanelProps {
  readonly guide: readonly GuideSection[]
  readonly alarm: Alarm
  readonly refusal: string | null
}

/** The detector's guide: its steps as cards to answer, each with what the alarm already knows; the rest to unfold. */
export function GuidePanel({ guide, alarm, refusal }: GuidePanelProps) {
  const query = useQuery(guideStepsOptions(alarm.id))
  const given = query.data?.steps ?? []
  const { total, open } = progressOf(guide, given, alarm)
  if (guide.length === 0) {
    return (
      <Panel id="guide" title="Investigate">
        <p className="m-0 max-w-[72ch] text-muted">
          The detector that raised this alarm is no longer part of the program, and its guide went with it. The evidence stays.
        </p>
      </Panel>
    )
  }
  return (
    <Panel
      id="guide"
      title="Investigate"
      description={`The detector’s guide, with what the evidence already answers. ${total - open.length} of ${total} steps answered.`}
    >
      {query.isError && <Notice tone="warn">Earlier answers could not be read. {failureOf(query.error).detail}</Notice>}
      {guide.filter(isSteps).map((section) => (
        <Steps key={section.title} section={section} alarm={alarm} given={given} refusal={refusal} />
      ))}
      {guide
        .filter((section) => !isSteps(section))
        .map((section) => (
          <details key={section.title} className="border-line border-t py-2 last:border-b">
            <summary className="min-h-6 font-medium">{section.title || 'About this detector'}</summary>
            <div className="pt-2 text-base">
              {/response/i.test(section.title) && <Checklist escalated={alarm.status === 'escalated'} />}
              <GuideBlocks blocks={section.blocks} />
            </div>
          </details>
        ))}
      {alarm.status === 'escalated' && <ResponseChecklist alarmId={alarm.id} />}
    </Panel>
  )
}

const Checklist = ({ escalated }: { readonly escalated: boolean }) =>
  escalated ? null : <p className="m-0 mb-2 text-muted text-sm">Escalating the alarm makes a checklist of this.</p>

interface StepsProps {
  readonly section: GuideSection
  readonly alarm: Alarm
  readonly given: readonly GuideStep[]
  readonly refusal: string | null
}

function Steps({ section, alarm, given, refusal }: StepsProps) {
  return (
    <>
      <GuideBlocks blocks={section.blocks.filter((block) => block.kind !== 'list')} />
      <ol className="m-0 mb-4 grid list-none gap-3 p-0 md:grid-cols-2">
        {stepsOf(section).map((step, index) => (
          <StepCard
            key={step.id}
            alarmId={alarm.id}
            number={index + 1}
            step={step}
            answers={answersTo(step.words, alarm)}
            given={given.find(({ stepId }) => stepId === step.id) ?? null}
            refusal={refusal}
          />
        ))}
      </ol>
    </>
  )
}
