import { PageLoading } from '@/components/shell/page-loading'

export default function DetectorLoading() {
  return <PageLoading title="Detector" />
}
