import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '@/lib/services/context'
import type { Actor } from '@/lib/store/ports'
import { engineGate } from './engine-gate'
import { stores } from './stores'

/** Everything use cases need, for one actor. */
export function contextFor(actor: Actor, sessionId: string): ServiceContext {
  return { ...stores(), actor, sessionId, now: Date.now, newId: randomUUID, engine: engineGate }
}
