import type { ParsedProcess } from './format'

/** Sysmon 1 and Security 4688 log the same start within this span. */
const SAME_START_MS = 2_000
/** Starts held back to wait for their twin. */
const MAX_HELD = 1_024

/**
 * Merges the two records Windows writes of one start (Sysmon 1 and Security 4688: same host, pid and executable, less
 * than 2 s apart) and keeps the one with an entity id. Everything else passes through in order.
 */
export function createProcessMerger(sink: (event: ParsedProcess, begun: number) => void) {
  const held = new Map<string, ParsedProcess[]>()
  let order: { readonly key: string; readonly begun: number; event: ParsedProcess }[] = []
  let accepted = 0

  const handOn = (count: number) => {
    for (const { key, begun, event } of order.slice(0, count)) {
      sink(event, begun)
      const sharing = held.get(key)
      if (sharing === undefined || sharing.length <= 1) held.delete(key)
      else
        held.set(
          key,
          sharing.filter((other) => other !== event),
        )
    }
    order = order.slice(count)
  }

  return {
    accept(event: ParsedProcess) {
      const key = `${event.hostName} ${event.process.pid} ${(event.process.executable ?? '').toLowerCase()}`
      const twin = event.process.pid === null ? undefined : held.get(key)?.find((other) => isTwin(other, event))
      if (twin) {
        if (event.process.entityId === null) return
        const slot = order.find((entry) => entry.event === twin)
        if (slot) slot.event = event
        held.set(
          key,
          (held.get(key) ?? []).map((other) => (other === twin ? event : other)),
        )
        return
      }
      const sharing = held.get(key)
      if (sharing === undefined) held.set(key, [event])
      else if (sharing.length < 16) sharing.push(event)
      accepted += 1
      order.push({ key, begun: accepted, event })
      if (order.length >= MAX_HELD * 2) handOn(MAX_HELD)
    },
    /** Starts accepted so far, twins counted once. */
    accepted: () => accepted,
    /** Number of the oldest start that is held back; infinite when none is. */
    oldest: () => order[0]?.begun ?? Number.POSITIVE_INFINITY,
    closeUpTo(count: number) {
      const after = order.findIndex(({ begun }) => begun > count)
      handOn(after < 0 ? order.length : after)
    },
    end: () => handOn(order.length),
  }
}

const isTwin = (other: ParsedProcess, event: ParsedProcess): boolean =>
  (other.process.entityId === null) !== (event.process.entityId === null) && Math.abs(other.at - event.at) < SAME_START_MS
