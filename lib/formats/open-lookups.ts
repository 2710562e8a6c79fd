import { ContentHash } from './content-hash'
import type { ParsedDns } from './format'

/** Lookups that share a key and can still be matched; older ones only wait for their time to close. */
const MAX_SHARING = 16

/**
 * What a lookup is found by. `exact`: both ends, the id and the name. `asked`: the asker and the name, for logs without
 * port and id. `named`: the name alone, for replies that do not say to whom. `cut`: asker, server and name, to find the
 * UDP lookup that a TCP query repeats.
 */
export type KeyKind = 'exact' | 'asked' | 'named' | 'cut'

/** A lookup that can still grow. Owns its event and changes it in place. */
export interface OpenLookup {
  readonly openedAtRecord: number
  readonly event: { -readonly [Field in keyof ParsedDns]: ParsedDns[Field] }
  /** Query records merged in, retransmits included; 0 when only a response was seen. */
  queries: number
  lastQueryAt: number
  /** An outcome has been merged in. */
  answered: boolean
  /** Places in the index. */
  entry: Entry | null
  moreEntries: Entry[] | null
}

/** One key of one lookup; entries of one hash form a list, oldest first. */
export interface Entry {
  readonly lookup: OpenLookup
  readonly kind: KeyKind
  readonly hash: number
  next: Entry | null
}

/** A bounded, first-in-first-out table of open lookups, found by key. */
export class OpenLookups {
  private readonly byHash = new Map<number, Entry>()
  private readonly hash = new ContentHash()
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

  register(lookup: OpenLookup, event: ParsedDns, kind: KeyKind): void {
    const hash = this.hashOf(event, kind)
    const entry: Entry = { lookup, kind, hash, next: null }
    if (lookup.entry === null) lookup.entry = entry
    else if (lookup.moreEntries === null) lookup.moreEntries = [entry]
    else lookup.moreEntries.push(entry)
    const first = this.byHash.get(hash)
    if (first === undefined) {
      this.byHash.set(hash, entry)
      return
    }
    let last = first
    let sharing = 1
    for (; last.next !== null; last = last.next) sharing += 1
    last.next = entry
    if (sharing >= MAX_SHARING && first.next !== null) this.byHash.set(hash, first.next)
  }

  /** First entry whose key may be the event's; callers compare kind and fields, since hashes can collide. */
  first(event: ParsedDns, kind: KeyKind): Entry | null {
    return this.byHash.get(this.hashOf(event, kind)) ?? null
  }

  /** The lookup can no longer be found. */
  unregister(lookup: OpenLookup): void {
    if (lookup.entry) this.remove(lookup.entry)
    if (lookup.moreEntries) for (const entry of lookup.moreEntries) this.remove(entry)
    lookup.entry = null
    lookup.moreEntries = null
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
    this.unregister(lookup)
    return lookup
  }

  private remove(entry: Entry): void {
    const first = this.byHash.get(entry.hash)
    if (first === entry) {
      if (entry.next === null) this.byHash.delete(entry.hash)
      else this.byHash.set(entry.hash, entry.next)
      return
    }
    for (let before = first; before; before = before.next ?? undefined) {
      if (before.next !== entry) continue
      before.next = entry.next
      return
    }
  }

  private hashOf(event: ParsedDns, kind: KeyKind): number {
    const hash = this.hash.start().text(event.qname)
    if (kind === 'exact') return hash.text(event.clientIp).number(event.clientPort).number(event.transactionId).value30()
    if (kind === 'named') return hash.number(1).value30()
    return hash.text(event.source).value30()
  }
}

export const weightOf = (lookup: OpenLookup): number => 1 + (lookup.event.answers.length >> 3)
