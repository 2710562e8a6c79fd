import type { ParsedDns } from './format'

/** Lookups sharing one key that can still be matched; older ones only wait for their time to close. */
const MAX_SHARING = 16

/** A lookup that can still grow. Owns its event and changes it in place. */
export interface OpenLookup {
  readonly keys: string[]
  readonly openedAtRecord: number
  readonly event: { -readonly [Field in keyof ParsedDns]: ParsedDns[Field] }
  /** Query records merged in, retransmits included; 0 when only a response was seen. */
  queries: number
  lastQueryAt: number
  /** An outcome has been merged in. */
  answered: boolean
}

/** A bounded, first-in-first-out table of open lookups, found by key. */
export class OpenLookups {
  private readonly byKey = new Map<string, OpenLookup[]>()
  private queue: OpenLookup[] = []
  private head = 0
  /** 1 a lookup and 1 for every 8 answers: what bounds memory. */
  weight = 0

  oldest(): OpenLookup | undefined {
    return this.queue[this.head]
  }

  add(lookup: OpenLookup): void {
    this.queue.push(lookup)
    this.weight += weightOf(lookup)
  }

  register(lookup: OpenLookup, key: string): void {
    const sharing = this.byKey.get(key)
    if (sharing === undefined) this.byKey.set(key, [lookup])
    else {
      if (sharing.length >= MAX_SHARING) sharing.shift()
      sharing.push(lookup)
    }
    lookup.keys.push(key)
  }

  /** Lookups under `key`, oldest first. */
  under(key: string): readonly OpenLookup[] | undefined {
    return this.byKey.get(key)
  }

  /** The lookup is no longer found by `key`. */
  unregister(lookup: OpenLookup, key: string): void {
    const sharing = this.byKey.get(key)
    const at = sharing?.indexOf(lookup) ?? -1
    if (sharing === undefined || at < 0) return
    if (sharing.length === 1) this.byKey.delete(key)
    else sharing.splice(at, 1)
  }

  /** Applies a change that may alter the lookup's weight. */
  change(lookup: OpenLookup, apply: () => void): void {
    this.weight -= weightOf(lookup)
    apply()
    this.weight += weightOf(lookup)
  }

  removeOldest(): OpenLookup | undefined {
    const lookup = this.queue[this.head]
    if (lookup === undefined) return undefined
    this.head += 1
    if (this.head > 4096 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head)
      this.head = 0
    }
    this.weight -= weightOf(lookup)
    for (const key of lookup.keys) this.unregister(lookup, key)
    return lookup
  }
}

const weightOf = (lookup: OpenLookup): number => 1 + (lookup.event.answers.length >> 3)
