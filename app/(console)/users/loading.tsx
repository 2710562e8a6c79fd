import { PageLoading } from '@/components/shell/page-loading'

export default function UsersLoading() {
  return (
    <PageLoading title="Users" description="Who can sign in, and what they may do. The role is checked by the server on every request." />
  )
}
