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
import { PanelLinks } from './panel-links'
import { PrintWhole } from './print-whole'
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
const TWO_CHARTS = 'h-[33rem] md:h-[16rem]'
const SIX_CHARTS = 'h-[110rem] md:h-[56rem] 2xl:h-[38rem]'
const loading = (heightClass: string) => () => <Skeleton className={`${heightClass} w-full`} />
// The chart library is the heaviest part of the page, so it comes after the words, and only when a chart comes near the window.
const ActivityCharts = dynamic(() => import('./charts-panel').then((module) => module.ActivityCharts), {
  ssr: false,
  loading: loading(TWO_CHARTS),
})
const NetworkCharts = dynamic(() => import('./network-charts').then((module) => module.NetworkCharts), {
  ssr: false,
  loading: loading(SIX_CHARTS),
})
const RecordsPanel = dynamic(() => import('./records-panel').then((module) => module.RecordsPanel), {
  ssr: false,
  loading: loading('h-96'),
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
    <>
      <PrintWhole />
      <PanelLinks alarm={alarm} />
      <div className="grid gap-x-10 pb-16 sm:pb-0 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="order-2 min-w-0 lg:order-1">
          {hasProcesses && <ProcessPanel evidence={evidence} />}
          {(evidence.samples.length > 0 || !hasProcesses) && <SamplesPanel alarm={alarm} />}
          {evidence.decoding !== null && <DecodingPanel decoding={evidence.decoding} />}
          <GuidePanel guide={guide} alarm={alarm} refusal={refusal} />
          {evidence.buckets.length > 0 && (
            <Panel title="What the model saw">
              <WhenNear heightClass={TWO_CHARTS}>
                <BucketCharts evidence={evidence} />
              </WhenNear>
            </Panel>
          )}
          {evidence.minutes.length > 0 && (
            <Panel id="time" title="Over time" description="Every bar opens its lookups.">
              <WhenNear heightClass={TWO_CHARTS}>
                <ActivityCharts alarm={alarm} />
              </WhenNear>
            </Panel>
          )}
          {evidence.minutes.length > 0 && !hasProcesses && (
            <Panel
              id="network"
              title="Against this network"
              description="The alarm’s minutes in front of what other domains, those under standing alarms left out, do here in the same hours, measured the same way."
            >
              <WhenNear heightClass={SIX_CHARTS}>
                <NetworkCharts alarm={alarm} />
              </WhenNear>
            </Panel>
          )}
          {evidence.timing !== null && <TimingPanel timing={evidence.timing} />}
          {evidence.typeMix !== null && <TypeMixPanel mix={evidence.typeMix} />}
          {evidence.benign !== null && <BenignPanel benign={evidence.benign} />}
          {evidence.spread !== null && <SpreadPanel spread={evidence.spread} />}
          <SourcesPanel alarm={alarm} />
          <RelatedPanel alarm={alarm} detectorTitle={detectorTitle} />
          <div id="records" className="scroll-mt-20">
            <WhenNear heightClass="h-96">
              <RecordsPanel alarm={alarm} />
            </WhenNear>
          </div>
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
    </>
  )
}
