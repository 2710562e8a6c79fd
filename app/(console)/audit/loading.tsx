import { PageLoading } from '@/components/shell/page-loading'

export default function AuditLoading() {
  return <PageLoading title="Audit" />
}
