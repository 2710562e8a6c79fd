'use client'
import dynamic from 'next/dynamic'
import { useEffect, useState } from 'react'
import { SESSION_ENDED } from '@/lib/queries/query-client'

const SessionEndedDialog = dynamic(() => import('./session-ended-dialog').then((module) => module.SessionEndedDialog), { ssr: false })

/** When the session ends in the middle of work: sign in on the spot, and what was typed below is still there. */
export function SignInAgain() {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const ask = () => setOpen(true)
    window.addEventListener(SESSION_ENDED, ask)
    return () => window.removeEventListener(SESSION_ENDED, ask)
  }, [])
  return open ? <SessionEndedDialog onOpenChange={setOpen} /> : null
}
