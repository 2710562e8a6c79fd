import type { Alarm } from '@/lib/domain/alarm'
import { answersTo } from './guide-answers'
import { GuideBlocks, wordsOf } from './guide-blocks'
import type { GuideBlock, GuideSection } from './guide-document'
import { Panel } from './panel'

const isSteps = (section: GuideSection) => /investigat|triage/i.test(section.title)

const stepsOf = (blocks: readonly GuideBlock[]) =>
  blocks.flatMap((block) => (block.kind === 'list' ? block.items.map((item) => ({ item, id: wordsOf(item) })) : []))

interface GuidePanelProps {
  readonly guide: readonly GuideSection[]
  readonly alarm: Alarm
}

/** The detector's guide: its steps as cards, each with what the alarm already knows; the rest to unfold. */
export function GuidePanel({ guide, alarm }: GuidePanelProps) {
  if (guide.length === 0) return null
  return (
    <Panel id="guide" title="Investigate" description="The detector’s guide, with what the evidence already answers.">
      {guide.filter(isSteps).map((section) => (
        <Steps key={section.title} section={section} alarm={alarm} />
      ))}
      {guide
        .filter((section) => !isSteps(section))
        .map((section) => (
          <details key={section.title} className="border-line border-t py-2 last:border-b">
            <summary className="min-h-6 font-medium">{section.title || 'About this detector'}</summary>
            <div className="pt-2 text-base">
              <GuideBlocks blocks={section.blocks} />
            </div>
          </details>
        ))}
    </Panel>
  )
}

function Steps({ section, alarm }: { readonly section: GuideSection; readonly alarm: Alarm }) {
  const steps = stepsOf(section.blocks)
  return (
    <>
      <GuideBlocks blocks={section.blocks.filter((block) => block.kind !== 'list')} />
      <ol className="m-0 mb-4 grid list-none gap-3 p-0 md:grid-cols-2">
        {steps.map(({ item, id }, index) => (
          <StepCard key={id} number={index + 1} blocks={item} answers={answersTo(id, alarm)} />
        ))}
      </ol>
    </>
  )
}

interface StepCardProps {
  readonly number: number
  readonly blocks: readonly GuideBlock[]
  readonly answers: ReturnType<typeof answersTo>
}

function StepCard({ number, blocks, answers }: StepCardProps) {
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-md border border-line bg-surface px-3 py-2.5">
      <div className="flex gap-2 text-base">
        <span aria-hidden="true" className="tabular text-faint">
          {number}
        </span>
        <div className="min-w-0">
          <GuideBlocks blocks={blocks} />
        </div>
      </div>
      {answers.length > 0 && (
        <div className="mt-auto rounded-sm bg-sunken px-2 py-1.5 text-sm [&_a]:text-accent [&_a]:underline">
          <span className="eyebrow">From the evidence</span>
          {answers.map(({ id, node }) => (
            <div key={id} className="wrap-anywhere">
              {node}
            </div>
          ))}
        </div>
      )}
    </li>
  )
}
