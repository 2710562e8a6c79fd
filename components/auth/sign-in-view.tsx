'use client'
import { useRouter } from 'next/navigation'
import { Notice } from '@/components/ui/notice'
import { SignInForm } from './sign-in-form'

interface SignInViewProps {
  /** A path of this site, already checked. */
  readonly returnTo: string
  /** Said above the form: signed out, set-up done, … */
  readonly message: string | null
}

export function SignInView({ returnTo, message }: SignInViewProps) {
  const router = useRouter()
  return (
    <>
      {message === null ? null : (
        <Notice className="mb-4" live>
          {message}
        </Notice>
      )}
      <SignInForm
        onSignedIn={() => {
          // A path that was typed into an address is not one of the typed routes, but safeReturnTo has checked it.
          router.replace(returnTo as Parameters<typeof router.replace>[0])
          router.refresh()
        }}
      />
    </>
  )
}
