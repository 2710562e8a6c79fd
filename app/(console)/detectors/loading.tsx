import { PageLoading } from '@/components/shell/page-loading'

export default function DetectorsLoading() {
  return <PageLoading title="Detectors" description="What looks at the logs, with which settings, and what it brought." />
}
