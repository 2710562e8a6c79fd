import { ContentHash } from './content-hash'
import type { ParsedDns, ParsedProcess } from './format'

/** Identical content is told apart by how often it came before among the last 65,536 to 131,072 events. */
const REMEMBERED = 65_536
/** Of a table that is new: a delivery of a few lookups does not pay for those of a file. */
const FIRST_SLOTS = 1_024

/**
 * Gives events their ids: 52 bits hashed from what identifies the lookup or start, so that the same record read again
 * has the same id. Rows that are identical in every identifying field get different ids by their order in the stream.
 * The answer is no part of it: a lookup read again with its answer is still the same lookup.
 */
export class EventIds {
  private readonly hash = new ContentHash()
  private recent = new Counts()
  private older = new Counts()

  ofLookup(event: ParsedDns): number {
    const { hash } = this
    hash.start().number(event.at).text(event.clientIp).number(event.clientPort).text(event.serverIp).number(event.transactionId)
    hash
      .text(event.qnameRaw ?? event.qname)
      .text(event.qtype)
      .text(event.sensor)
    hash.text(event.hostId).text(event.hostName).text(event.processName)
    return this.numbered(hash.value52())
  }

  ofProcess(event: ParsedProcess): number {
    const { hash } = this
    const { process, parent } = event
    hash.start().number(event.at).text(event.hostId).text(event.hostName).number(process.pid).text(process.entityId)
    hash
      .text(process.executable ?? process.name)
      .number(parent.pid)
      .text(event.user.name)
      .text(event.sensor)
    for (const arg of process.args) hash.text(arg)
    return this.numbered(hash.value52())
  }

  private numbered(id: number): number {
    const seen = this.recent.of(id) || this.older.of(id)
    if (this.recent.size >= REMEMBERED) {
      const emptied = this.older
      this.older = this.recent
      this.recent = emptied
      emptied.clear()
    }
    this.recent.set(id, seen + 1)
    return seen === 0 ? id : this.hash.start().number(id).number(seen).value52()
  }
}

/**
 * Counts by 52-bit key in flat memory (open addressing): millions of keys a minute would otherwise feed the collector. At most
 * half full.
 */
class Counts {
  size = 0
  private keys = new Float64Array(FIRST_SLOTS).fill(-1)
  private counts = new Uint32Array(FIRST_SLOTS)

  of(key: number): number {
    const slot = this.slot(key)
    return this.keys[slot] === key ? (this.counts[slot] ?? 0) : 0
  }

  set(key: number, count: number): void {
    const slot = this.slot(key)
    const isNew = this.keys[slot] !== key
    this.keys[slot] = key
    this.counts[slot] = count
    if (!isNew) return
    this.size += 1
    if (this.size * 2 > this.keys.length) this.grow()
  }

  clear(): void {
    this.keys.fill(-1)
    this.size = 0
  }

  private grow(): void {
    const { keys, counts } = this
    this.keys = new Float64Array(keys.length * 4).fill(-1)
    this.counts = new Uint32Array(keys.length * 4)
    for (let from = 0; from < keys.length; from++) {
      const key = keys[from] ?? -1
      if (key === -1) continue
      const slot = this.slot(key)
      this.keys[slot] = key
      this.counts[slot] = counts[from] ?? 0
    }
  }

  private slot(key: number): number {
    const { keys } = this
    let slot = key % keys.length
    while (keys[slot] !== key && keys[slot] !== -1) slot = slot + 1 === keys.length ? 0 : slot + 1
    return slot
  }
}
