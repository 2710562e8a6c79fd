import type { IntakeLog } from '@/lib/store/ports'

const CHECKPOINT = 'analysis-heads'
/** Older places are kept at these distances, so that late events are put in order without starting from nothing. */
const KEEP_BEHIND_MS = [0, 15 * 60_000, 24 * 3_600_000] as const
const SAVE_EVERY_MS = 30_000

interface SavedHead {
  /** Last event observed, epoch ms. */
  readonly at: number
  /** JSON of the analyser's snapshot: a copy that nothing running can change. */
  readonly json: string
}

export interface Head {
  readonly at: number
  readonly snapshot: unknown
}

/** Places in event time from which an analysis can continue. */
export class AnalysisHeads {
  private heads: readonly SavedHead[]
  private savedAt = Number.NEGATIVE_INFINITY
  private isSaved = true

  /** @param checkpoints - null keeps nothing. */
  constructor(private readonly checkpoints: IntakeLog | null) {
    this.heads = (checkpoints?.loadCheckpoint(CHECKPOINT) as readonly SavedHead[] | null | undefined) ?? []
  }

  newestAt(): number | null {
    return this.heads[0]?.at ?? null
  }

  /** The latest place all of whose events come before `at`. */
  before(at: number): Head | null {
    const head = this.heads.find((candidate) => candidate.at < at)
    return head === undefined ? null : { at: head.at, snapshot: JSON.parse(head.json) as unknown }
  }

  /** @param newFromMs - first instant of the events that are new: places at or after it did not see them and are void. */
  add(at: number, snapshot: unknown, newFromMs: number, nowMs: number): void {
    const newest = this.newestAt()
    if (newest !== null && at < newest) return
    const known = [{ at, json: JSON.stringify(snapshot) }, ...this.heads.filter((head) => head.at < newFromMs)]
    const kept = KEEP_BEHIND_MS.map((behind) => known.find((head) => head.at <= at - behind))
    this.heads = [...new Set(kept.filter((head) => head !== undefined))]
    this.isSaved = false
    if (nowMs - this.savedAt >= SAVE_EVERY_MS) this.save(nowMs)
  }

  /** Forgets every place; the next analysis starts from the events. */
  clear(): void {
    this.heads = []
    this.isSaved = false
    this.save()
  }

  save(nowMs = this.savedAt): void {
    if (this.isSaved) return
    this.checkpoints?.saveCheckpoint(CHECKPOINT, this.heads)
    this.savedAt = nowMs
    this.isSaved = true
  }
}
