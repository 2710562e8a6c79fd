import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { DetectorFacts, DetectorGuide } from '@/components/detector/detector-facts'
import { DetectorSettings } from '@/components/detector/detector-settings'
import { DetectorState } from '@/components/detector/detector-status'
import { buttonClass } from '@/components/ui/button-class'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { detectors } from '@/lib/detectors'
import { ALARM_STATUSES } from '@/lib/domain/alarm'
import { detectorOptions } from '@/lib/queries/detectors'
import { requireContext } from '@/lib/server/require-context'
import { getDetector } from '@/lib/services/detectors/get-detector'
import { alarmsHref } from '@/lib/url/alarms-href'
import { guideOf } from '../../alarms/[id]/guide-of'
import { queriesOf } from './rule-queries'

interface DetectorPageProps {
  readonly params: Promise<{ id: string }>
}

const ruleOf = (id: string) => detectors.find(({ rule }) => rule.id === id)?.rule

export async function generateMetadata({ params }: DetectorPageProps): Promise<Metadata> {
  return { title: ruleOf(decodeURIComponent((await params).id))?.title ?? 'Detector' }
}

export default async function DetectorPage({ params }: DetectorPageProps) {
  const ctx = await requireContext()
  const rule = ruleOf(decodeURIComponent((await params).id))
  if (rule === undefined) notFound()
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: detectorOptions(rule.id).queryKey, queryFn: () => getDetector(ctx, { detectorId: rule.id }) })
  const { severity, risk, intervalMs, lookBackMs, maxAlarmsPerRun, after, techniques, benignFamilies } = rule
  const facts = { severity, risk, intervalMs, lookBackMs, maxAlarmsPerRun, after, techniques }
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <PageHeader
          title={rule.title}
          description={rule.description}
          actions={
            <>
              <Link href="/detectors" className={buttonClass('ghost')}>
                All detectors
              </Link>
              <Link href={alarmsHref({ detector: [rule.id], status: [...ALARM_STATUSES] })} className={buttonClass()}>
                Its alarms
              </Link>
            </>
          }
        />
        <DetectorState detectorId={rule.id} />
        <DetectorSettings key={rule.id} detectorId={rule.id} />
        <DetectorFacts facts={{ ...facts, families: benignFamilies.map(wordsOf), queries: queriesOf(rule.id) }} />
        <DetectorGuide guide={guideOf(rule.id)} />
      </PageFrame>
    </HydrationBoundary>
  )
}

/** `update-service` → `Update service`. */
const wordsOf = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`
