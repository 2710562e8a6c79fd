import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { DENSITY_COOKIE, isDensity } from '@/components/shell/density'
import { isTheme, THEME_COOKIE } from '@/components/shell/theme'
import { PageFrame, PageHeader } from '@/components/ui/page-header'
import { AccountBoard } from '@/components/user/account/account-board'
import { mySessionsOptions } from '@/lib/queries/account'
import { requireContext } from '@/lib/server/require-context'
import { listMySessions } from '@/lib/services/account/list-my-sessions'

export const metadata: Metadata = { title: 'Your account' }

export default async function AccountPage() {
  const ctx = await requireContext()
  const client = new QueryClient()
  await client.prefetchQuery({ queryKey: mySessionsOptions().queryKey, queryFn: () => listMySessions(ctx) })
  const jar = await cookies()
  const theme = jar.get(THEME_COOKIE)?.value
  const density = jar.get(DENSITY_COOKIE)?.value
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <PageFrame>
        <PageHeader
          title="Your account"
          description="Your name and password, where you are signed in, and how this browser shows Dowser."
        />
        <AccountBoard theme={isTheme(theme) ? theme : 'system'} density={isDensity(density) ? density : 'comfortable'} />
      </PageFrame>
    </HydrationBoundary>
  )
}
