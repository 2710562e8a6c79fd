import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { NoPermission } from '@/components/shell/no-permission'
import { PageFrame } from '@/components/ui/page-header'
import { UserBoard } from '@/components/user/user-board'
import { can } from '@/lib/domain/permission'
import { userListOptions } from '@/lib/queries/users'
import { requireContext } from '@/lib/server/require-context'
import { listUsers } from '@/lib/services/users/list-users'

export const metadata: Metadata = { title: 'Users' }

export default async function UsersPage() {
  const ctx = await requireContext()
  if (!can(ctx.actor.role, 'user:manage')) return <NoPermission title="Users" who="Admins keep the users." />
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: userListOptions().queryKey, queryFn: () => listUsers(ctx) })
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <UserBoard />
      </PageFrame>
    </HydrationBoundary>
  )
}
