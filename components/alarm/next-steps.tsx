'use client'

import { useQuery } from '@tanstack/react-query'
import { InertText } from '@/components/ui/inert-text'
import type { Alarm } from '@/lib/domain/alarm'
import { guideStepsOptions } from '@/lib/queries/alarms'
import { adviceOf } from './advice'
import type { GuideSection } from './guide-document'
import { progressOf, stepAnchor } from './guide-steps'

const SHOWN = 2

interface NextStepsProps {
  readonly alarm: Alarm
  readonly guide: readonly GuideSection[]
  readonly className: string
}

/** What to do now: what the facts call for, and the next open steps of the guide. */
export function NextSteps({ alarm, guide, className }: NextStepsProps) {
  const { act, because } = adviceOf(alarm)
  const { data } = useQuery(guideStepsOptions(alarm.id))
  const { total, open } = progressOf(guide, data?.steps ?? [], alarm)
  const isOver = alarm.status === 'closed' || alarm.status === 'suppressed'
  return (
    <section aria-labelledby="next-steps" className={`min-w-0 self-start rounded-lg border border-line bg-surface px-4 py-3 ${className}`}>
      <h2 id="next-steps" className="eyebrow m-0">
        What to do
      </h2>
      <p className="wrap-anywhere m-0 mt-1 font-semibold text-lg">
        <InertText text={act} />
      </p>
      <p className="wrap-anywhere m-0 line-clamp-3 text-muted text-sm">
        <InertText text={because} />
      </p>
      {total > 0 && (
        <div className="mt-3 border-line border-t pt-2.5">
          <p className="m-0 flex items-center gap-3 text-sm">
            <a href="#guide" className="shrink-0 font-medium text-accent">
              Guide: {total - open.length} of {total} steps answered
            </a>
            <span aria-hidden="true" className="h-1 min-w-0 flex-1 rounded-full bg-line">
              <span className="block h-1 rounded-full bg-chart-series" style={{ width: `${(100 * (total - open.length)) / total}%` }} />
            </span>
          </p>
          {!isOver && open.length > 0 && (
            <ol className="m-0 mt-1.5 flex list-none flex-col gap-1 p-0 text-sm">
              {open.slice(0, SHOWN).map(({ number, head }) => (
                <li key={number} className="grid grid-cols-[1.25rem_minmax(0,1fr)]">
                  <span aria-hidden="true" className="tabular text-faint">
                    {number}
                  </span>
                  <a href={`#${stepAnchor(number)}`} className="line-clamp-2 text-ink no-underline hover:underline">
                    {head}
                  </a>
                </li>
              ))}
            </ol>
          )}
        </div>
      )}
    </section>
  )
}
