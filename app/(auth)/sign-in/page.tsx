import type { Metadata } from 'next'
import { SignInView } from '@/components/auth/sign-in-view'
import { safeReturnTo } from '@/lib/url/return-to'

export const metadata: Metadata = { title: 'Sign in' }

const REASONS: Readonly<Record<string, string>> = {
  'set-up': 'The admin account exists. Sign in with it.',
  expired: 'Your session has ended. Sign in to go on.',
}

const first = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? (value[0] ?? null) : (value ?? null))

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { to, reason } = await searchParams
  return (
    <>
      <h1 className="m-0 mb-1 font-semibold text-xl">Sign in</h1>
      <p className="m-0 mb-6 text-muted">DNS tunnels, found in the logs you already have.</p>
      <SignInView returnTo={safeReturnTo(first(to))} message={REASONS[first(reason) ?? ''] ?? null} />
    </>
  )
}
