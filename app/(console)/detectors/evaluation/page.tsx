import type { Metadata } from 'next'
import Link from 'next/link'
import { EvaluationView } from '@/components/evaluation/evaluation-view'
import { buttonClass } from '@/components/ui/button-class'
import { formatCount } from '@/components/ui/format'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { requireContext } from '@/lib/server/require-context'
import { getEvaluation } from '@/lib/services/evaluation/get-evaluation'

export const metadata: Metadata = { title: 'Evaluation' }

export default async function EvaluationPage() {
  const ctx = await requireContext()
  const { evaluation, doubtful } = await getEvaluation(ctx)
  const { measuredAt, version, scenarios, share } = evaluation
  return (
    <PageFrame>
      <PageHeader
        title="How well it detects"
        description={`Measured ${measuredAt.slice(0, 10)}, version ${version}, on ${formatCount(scenarios)} labelled captures (${share} data), beside published rules of others.`}
        actions={
          <Link href="/detectors" className={buttonClass('ghost')}>
            All detectors
          </Link>
        }
      />
      <EvaluationView evaluation={evaluation} doubtful={doubtful} />
    </PageFrame>
  )
}
