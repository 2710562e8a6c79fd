'use client'

import dynamic from 'next/dynamic'
import { WhenNear } from '@/components/chart/when-near'
import { Skeleton } from '@/components/ui/skeleton'
import type { Alarm } from '@/lib/domain/alarm'
import type { AlarmEvent } from '@/lib/domain/alarm-event'
import { BenignPanel } from './benign-panel'
import { DecodingPanel } from './decoding-panel'
import type { GuideSection } from './guide-document'
import { GuidePanel } from './guide-panel'
import { HistoryPanel } from './history-panel'
import { IndicatorsPanel } from './indicators-panel'
import { KnownPanel } from './known-panel'
import { MetricsPanel } from './metrics-panel'
import { Panel } from './panel'
import { ProcessPanel } from './process-panel'
import { RelatedPanel } from './related-panel'
import { SamplesPanel } from './samples-panel'
import { ScorePanel } from './score-panel'
import { SourcesPanel } from './sources-panel'
import { SpreadPanel } from './spread-panel'
import { TechniquesPanel } from './techniques-panel'
import { TimingPanel } from './timing-panel'
import { TypeMixPanel } from './type-mix-panel'

// Heights of the charts below, one beside the other from the middle width on.
const TWO_CHARTS = 'h-[33rem] md:h-[15.5rem]'
const FOUR_CHARTS = 'h-[67rem] md:h-[33rem]'
const loading = (heightClass: string) => () => <Skeleton className={`${heightClass} w-full`} />
// The chart library is the heaviest part of the page, so it comes after the words, and only when a chart comes near the window.
const ActivityCharts = dynamic(() => import('./charts-panel').then((module) => module.ActivityCharts), {
  ssr: false,
  loading: loading(FOUR_CHARTS),
})
const BucketCharts = dynamic(() => import('./bucket-charts').then((module) => module.BucketCharts), {
  ssr: false,
  loading: loading(TWO_CHARTS),
})

interface AlarmEvidenceProps {
  readonly alarm: Alarm
  readonly history: readonly AlarmEvent[]
  readonly guide: readonly GuideSection[]
  readonly detectorTitle: (id: string) => string
  readonly refusal: string | null
  readonly onUndo: (event: AlarmEvent) => void
}

/** What the alarm was raised on: the evidence left, the reasoning and the record right. Panels without content are left out. */
export function AlarmEvidence({ alarm, history, guide, detectorTitle, refusal, onUndo }: AlarmEvidenceProps) {
  const { evidence } = alarm
  const hasProcesses = evidence.processStarts.length > 0 || evidence.processTree.length > 0
  return (
    <div className="grid gap-x-10 pb-16 sm:pb-0 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="order-2 min-w-0 lg:order-1">
        {hasProcesses && <ProcessPanel evidence={evidence} />}
        {(evidence.samples.length > 0 || !hasProcesses) && <SamplesPanel alarm={alarm} />}
        {evidence.decoding !== null && <DecodingPanel decoding={evidence.decoding} />}
        {evidence.buckets.length > 0 && (
          <Panel title="What the model saw">
            <WhenNear heightClass={TWO_CHARTS}>
              <BucketCharts evidence={evidence} />
            </WhenNear>
          </Panel>
        )}
        {evidence.minutes.length > 0 && (
          <Panel title="Over time">
            <WhenNear heightClass={FOUR_CHARTS}>
              <ActivityCharts evidence={evidence} />
            </WhenNear>
          </Panel>
        )}
        {evidence.timing !== null && <TimingPanel timing={evidence.timing} />}
        {evidence.typeMix !== null && <TypeMixPanel mix={evidence.typeMix} />}
        {evidence.benign !== null && <BenignPanel benign={evidence.benign} />}
        <GuidePanel guide={guide} alarm={alarm} refusal={refusal} />
        {evidence.spread !== null && <SpreadPanel spread={evidence.spread} />}
        <SourcesPanel alarm={alarm} />
        <RelatedPanel alarm={alarm} detectorTitle={detectorTitle} />
      </div>
      <aside aria-label="Reasoning and record" className="order-1 min-w-0 lg:order-2">
        <ScorePanel alarm={alarm} />
        <KnownPanel evidence={evidence} />
        <MetricsPanel evidence={evidence} />
        <TechniquesPanel alarm={alarm} />
        <IndicatorsPanel alarm={alarm} />
        <HistoryPanel history={history} refusal={refusal} onUndo={onUndo} />
      </aside>
    </div>
  )
}
