import { PageLoading } from '@/components/shell/page-loading'

export default function HostLoading() {
  return <PageLoading title="Host" />
}
