import type { IntakeLog } from '@/lib/store/ports'

/** Names the make of the snapshots: places that an older program left are not found, and their events are analysed again. */
const PLACES = 'analysis-places:2'
/**
 * Behind the newest place one is kept that is at least so old, and a younger one to take its turn. The nearest serves logs
 * of the same minutes that come one after another.
 */
const KEEP_BEHIND_MS = [60_000, 15 * 60_000, 2 * 3_600_000, 24 * 3_600_000] as const
const SAVE_EVERY_MS = 30_000
/** A place further ahead of the wall clock would make every other one look old. */
const MAX_AHEAD_MS = 60_000

interface Place {
  /** Every stored event up to and including this instant was observed. Epoch ms. */
  readonly at: number
  readonly slot: number
}

interface Kept extends Place {
  /** JSON of the analyser's snapshot, a copy that nothing running can change; null when it is only in the log. */
  json: string | null
  isSaved: boolean
}

/** A slot in the log. A place written at once holds the snapshot itself: making text of a text doubles the time and the memory. */
interface Saved {
  readonly at: number
  readonly json?: string
  readonly snapshot?: unknown
}

export interface Head {
  readonly at: number
  readonly snapshot: unknown
}

/** One analysis under way: what is stored behind its back makes its place void. */
export interface HeadReading {
  /** Instants from here on were not all seen. */
  voidFromMs: number
}

/**
 * Places in event time from which an analysis can continue. Every place saw all stored events up to it: whoever stores an
 * event calls `dropFrom`.
 */
export class AnalysisHeads {
  /** Newest first. */
  private heads: readonly Kept[]
  private readonly readings = new Set<HeadReading>()
  private savedAt = Number.NEGATIVE_INFINITY
  private isSaved = true

  /** @param checkpoints - null keeps nothing. */
  constructor(private readonly checkpoints: IntakeLog | null) {
    const known = (checkpoints?.loadCheckpoint(PLACES) as readonly Place[] | null | undefined) ?? []
    this.heads = known.map(({ at, slot }) => ({ at, slot, json: null, isSaved: true }))
  }

  newestAt(): number | null {
    return this.heads[0]?.at ?? null
  }

  /** The latest place all of whose events come before `at`. */
  before(at: number): Head | null {
    for (const head of this.heads) {
      if (head.at >= at) continue
      const found = head.json === null ? this.load(head) : { at: head.at, snapshot: JSON.parse(head.json) as unknown }
      if (found !== null) return found
    }
    return null
  }

  begin(): HeadReading {
    const reading = { voidFromMs: Number.POSITIVE_INFINITY }
    this.readings.add(reading)
    return reading
  }

  end(reading: HeadReading): void {
    this.readings.delete(reading)
  }

  /** Events were stored from `fromMs` on that no place can have seen. */
  dropFrom(fromMs: number): void {
    for (const reading of this.readings) reading.voidFromMs = Math.min(reading.voidFromMs, fromMs)
    if ((this.newestAt() ?? Number.NEGATIVE_INFINITY) < fromMs) return
    this.heads = this.heads.filter((head) => head.at < fromMs)
    this.isSaved = false
  }

  /**
   * @param takeSnapshot - called when the place is worth keeping.
   * @param reading - the analysis the snapshot is of, when others could store events while it ran.
   */
  add(at: number, takeSnapshot: () => unknown, nowMs: number, reading: HeadReading | null = null): void {
    if (this.checkpoints === null || at > nowMs + MAX_AHEAD_MS) return
    if (reading !== null && at >= reading.voidFromMs) return
    const added: Kept = { at, slot: this.freeSlot(), json: null, isSaved: false }
    const isDue = nowMs - this.savedAt >= SAVE_EVERY_MS
    if (isDue) {
      this.checkpoints.saveCheckpoint(nameOf(added.slot), { at, snapshot: takeSnapshot() } satisfies Saved)
      added.isSaved = true
    } else added.json = JSON.stringify(takeSnapshot())
    const known = [...this.heads.filter((head) => head.at !== at), added]
    this.heads = worthKeeping(known.sort((a, b) => b.at - a.at))
    this.isSaved = false
    if (isDue) this.save(nowMs)
  }

  /** Forgets every place; the next analysis starts from the events. */
  clear(): void {
    this.heads = []
    this.isSaved = false
    this.save()
  }

  save(nowMs = this.savedAt): void {
    const { checkpoints } = this
    if (this.isSaved || checkpoints === null) return
    for (const [index, head] of this.heads.entries()) {
      if (!head.isSaved && head.json !== null)
        checkpoints.saveCheckpoint(nameOf(head.slot), { at: head.at, json: head.json } satisfies Saved)
      head.isSaved = true
      // The newest is the one most often continued; the others are read again when they are needed.
      if (index > 0) head.json = null
    }
    checkpoints.saveCheckpoint(
      PLACES,
      this.heads.map(({ at, slot }) => ({ at, slot })),
    )
    this.savedAt = nowMs
    this.isSaved = true
  }

  /** @returns null when the process was killed between writing the slot and the list of places. */
  private load(head: Kept): Head | null {
    const saved = this.checkpoints?.loadCheckpoint(nameOf(head.slot)) as Saved | null | undefined
    if (saved?.at !== head.at) return null
    return { at: head.at, snapshot: saved.json === undefined ? saved.snapshot : (JSON.parse(saved.json) as unknown) }
  }

  private freeSlot(): number {
    const used = new Set(this.heads.map(({ slot }) => slot))
    let slot = 0
    while (used.has(slot)) slot += 1
    return slot
  }
}

const nameOf = (slot: number): string => `analysis-place:${slot}`

function worthKeeping(newestFirst: readonly Kept[]): readonly Kept[] {
  const [newest] = newestFirst
  if (newest === undefined) return []
  const kept = new Set<Kept>([newest])
  for (const behind of KEEP_BEHIND_MS) {
    const old = newestFirst.find((head) => head.at <= newest.at - behind)
    const next = newestFirst.findLast((head) => head.at > newest.at - behind)
    if (old !== undefined) kept.add(old)
    if (next !== undefined) kept.add(next)
  }
  return newestFirst.filter((head) => kept.has(head))
}
