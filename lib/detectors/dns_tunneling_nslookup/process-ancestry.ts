import { z } from 'zod'
import type { ProcessEvent, ProcessIdentity } from '@/lib/domain/process-event'
import { type KeptIdentity, keptIdentity, keptIdentitySchema } from './matched-start'
import { isScriptHost } from './script-host'

/** Starts of script hosts remembered; the oldest go first. */
export const MAX_REMEMBERED = 2_000
/** Generations shown above the parent of a matched start. */
const MAX_GENERATIONS = 8

export const ancestrySchema = z.array(z.object({ key: z.string(), parent: keptIdentitySchema }))
export type AncestryState = z.infer<typeof ancestrySchema>

/** By the sensor's own id when there is one; else by process id and name, of which the newest start counts. */
function keyOf(hostId: string, { entityId, pid, name }: Pick<ProcessIdentity, 'entityId' | 'pid' | 'name'>): string | null {
  if (entityId !== null) return `${hostId}|${entityId}`
  return pid === null || name === null ? null : `${hostId}|${pid}|${name.toLowerCase()}`
}

/** Who started the script hosts that in turn start nslookup: records name only the direct parent. */
export class ProcessAncestry {
  private readonly parents = new Map<string, KeptIdentity>()

  constructor(state: AncestryState = []) {
    for (const { key, parent } of state) this.parents.set(key, parent)
  }

  remember(event: ProcessEvent): void {
    if (event.hostId === null || !isScriptHost(event.process.name)) return
    const key = keyOf(event.hostId, event.process)
    if (key === null) return
    this.parents.delete(key)
    this.parents.set(key, keptIdentity(event.parent))
    if (this.parents.size <= MAX_REMEMBERED) return
    for (const oldest of this.parents.keys()) {
      this.parents.delete(oldest)
      return
    }
  }

  /** The process and those above it, oldest first; process id reuse cannot make it endless. */
  lineOf(hostId: string, process: KeptIdentity): readonly KeptIdentity[] {
    const line: KeptIdentity[] = [process]
    const seen = new Set<string>()
    for (let current: KeptIdentity | undefined = process; current !== undefined && line.length <= MAX_GENERATIONS; ) {
      const key = keyOf(hostId, current)
      if (key === null || seen.has(key)) break
      seen.add(key)
      current = this.parents.get(key)
      if (current?.name != null) line.unshift(current)
    }
    return line
  }

  state(): AncestryState {
    return [...this.parents].map(([key, parent]) => ({ key, parent }))
  }
}
