import type { Metadata } from 'next'
import Link from 'next/link'
import { SetupForm } from '@/components/auth/setup-form'
import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/notice'

export const metadata: Metadata = { title: 'Set up', referrer: 'no-referrer' }

export default async function SetupPage({ searchParams }: PageProps<'/setup'>) {
  const { token } = await searchParams
  if (typeof token !== 'string' || token === '') return <WithoutToken />
  return (
    <>
      <h1 className="m-0 mb-1 font-semibold text-xl">Set up Dowser</h1>
      <p className="m-0 mb-6 text-muted">
        Create the first account. It is an admin: it can add analysts and managers, keep the allowlist and remove the demo data. Everything
        stays on this machine.
      </p>
      <SetupForm token={token} />
    </>
  )
}

function WithoutToken() {
  return (
    <>
      <h1 className="m-0 mb-4 font-semibold text-xl">Set up Dowser</h1>
      <Notice className="mb-4">
        Setting up needs the address that Dowser printed in the terminal when it started: it ends in <code>/setup?token=…</code> and proves
        that you started the server. The token is also in the file <code>setup-token</code> of its data folder.
      </Notice>
      <Link href="/sign-in" className={buttonClass('secondary', 'lg')}>
        I have an account
      </Link>
    </>
  )
}
