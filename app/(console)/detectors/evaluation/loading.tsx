import { PageLoading } from '@/components/shell/page-loading'

export default function EvaluationLoading() {
  return <PageLoading title="How well it detects" />
}
