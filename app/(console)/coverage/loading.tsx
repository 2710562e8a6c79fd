import { CoverageSkeleton } from '@/components/coverage/coverage-board'
import { PageLoading } from '@/components/shell/page-loading'

export default function CoverageLoading() {
  return (
    <PageLoading title="Coverage">
      <CoverageSkeleton />
    </PageLoading>
  )
}
