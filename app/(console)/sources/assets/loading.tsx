import { PageLoading } from '@/components/shell/page-loading'

export default function AssetsLoading() {
  return <PageLoading title="Assets" description="Names and roles of your own addresses, networks, hosts and zones." />
}
