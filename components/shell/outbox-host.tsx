'use client'
import dynamic from 'next/dynamic'
import { useOutbox, useWaiting } from './use-outbox'

// Loaded only where something waits.
const OutboxPanel = dynamic(() => import('./outbox-panel').then((module) => module.OutboxPanel), { ssr: false })

/** Shows and sends the decisions that a lost connection kept back; nothing while there are none. */
export function OutboxHost({ isLost }: { readonly isLost: boolean }) {
  const outbox = useOutbox()
  const waiting = useWaiting(outbox)
  return waiting.length === 0 ? null : <OutboxPanel outbox={outbox} waiting={waiting} isLost={isLost} />
}
