'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useCurrentUser } from '@/components/shell/current-user'
import { Dialog } from '@/components/ui/dialog'
import { SESSION_ENDED } from '@/lib/queries/query-client'
import { SignInForm } from './sign-in-form'

/** When the session ends in the middle of work: sign in on the spot, and what was typed below is still there. */
export function SignInAgain() {
  const [open, setOpen] = useState(false)
  const { email } = useCurrentUser()
  const client = useQueryClient()
  useEffect(() => {
    const ask = () => setOpen(true)
    window.addEventListener(SESSION_ENDED, ask)
    return () => window.removeEventListener(SESSION_ENDED, ask)
  }, [])
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="sm"
      title="Your session has ended"
      description="Sign in again to go on. Nothing you have typed on this page is lost."
    >
      <SignInForm
        initialEmail={email ?? ''}
        onSignedIn={() => {
          setOpen(false)
          void client.invalidateQueries()
        }}
      />
    </Dialog>
  )
}
