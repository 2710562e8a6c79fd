import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { CurrentUserProvider } from '@/components/shell/current-user'
import { Shell } from '@/components/shell/shell'
import { statusOptions } from '@/lib/queries/status'
import { requireContext } from '@/lib/server/require-context'
import { VERSION } from '@/lib/server/version'
import { getStatus } from '@/lib/services/status/get-status'
import { getMe } from '@/lib/services/users/get-me'

export default async function ConsoleLayout({ children }: LayoutProps<'/'>) {
  const ctx = await requireContext()
  const client = new QueryClient()
  const [{ user }] = await Promise.all([
    getMe(ctx),
    client.prefetchQuery({
      queryKey: statusOptions().queryKey,
      queryFn: async () => ({ ...(await getStatus(ctx)), version: VERSION }),
    }),
  ])
  return (
    <CurrentUserProvider user={{ userId: user.id, name: user.name, email: user.email, role: ctx.actor.role }}>
      <HydrationBoundary state={dehydrate(client)}>
        <Shell>{children}</Shell>
      </HydrationBoundary>
    </CurrentUserProvider>
  )
}
