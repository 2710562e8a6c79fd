import { PageLoading } from '@/components/shell/page-loading'

export default function EventsLoading() {
  return <PageLoading title="Events" />
}
