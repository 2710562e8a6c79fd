'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useCurrentUser } from '@/components/shell/current-user'
import { Dialog } from '@/components/ui/dialog'
import { SignInForm } from './sign-in-form'

/** Asks who is there, over the page that was being worked on. */
export function SessionEndedDialog({ onOpenChange }: { readonly onOpenChange: (open: boolean) => void }) {
  const { email } = useCurrentUser()
  const client = useQueryClient()
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="sm"
      title="Your session has ended"
      description="Sign in again to go on. Nothing you have typed on this page is lost."
    >
      <SignInForm
        initialEmail={email ?? ''}
        onSignedIn={() => {
          onOpenChange(false)
          void client.invalidateQueries()
        }}
      />
    </Dialog>
  )
}
