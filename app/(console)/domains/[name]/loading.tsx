import { PageLoading } from '@/components/shell/page-loading'

export default function DomainLoading() {
  return <PageLoading title="Domain" />
}
