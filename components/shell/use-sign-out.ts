'use client'
import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { showToast } from '@/components/ui/toast'
import { signOut } from '@/lib/queries/session'

/** Ends the session and goes to the sign-in page; says so when the server did not answer. */
export function useSignOut(): () => Promise<void> {
  const router = useRouter()
  return useCallback(async () => {
    if (await signOut()) {
      router.replace('/sign-in')
      router.refresh()
    } else showToast({ title: 'Could not sign out', description: 'The server did not answer. You are still signed in.', tone: 'danger' })
  }, [router])
}
